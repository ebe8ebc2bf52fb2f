import { createHash } from 'node:crypto'
import { kubeTime } from '../api.ts'
import type { JsonObject, KubeObject } from '../kube-object.ts'
import { listAt, textAt } from '../kube-object.ts'

export type Running = {
  readonly podIP: string
  readonly ready: boolean
  /** Epoch ms of the calendar. */
  readonly now: number
}

/** Status of a pod whose containers run. Sidecars that are native stand among the init containers and go on running. */
export function runningStatus(pod: KubeObject, { podIP, ready, now }: Running): JsonObject {
  const time = kubeTime(now)
  const started = { state: { running: { startedAt: time } }, started: true, restartCount: 0 }
  const inits = listAt(pod, 'spec', 'initContainers').map((container) =>
    textAt(container, 'restartPolicy') === 'Always'
      ? { ...headOf(pod, container), ...started, ready }
      : { ...headOf(pod, container), ...ended(time), ready: true },
  )
  const notReady = ready ? {} : unready(pod)
  return {
    phase: 'Running',
    hostIP: '10.0.0.1',
    podIP,
    podIPs: [{ ip: podIP }],
    qosClass: 'Burstable',
    startTime: textAt(pod, 'status', 'startTime') ?? time,
    conditions: [
      condition('PodReadyToStartContainers', true, time),
      condition('Initialized', true, time),
      { ...condition('Ready', ready, time), ...notReady },
      { ...condition('ContainersReady', ready, time), ...notReady },
      condition('PodScheduled', true, time),
    ],
    ...(inits.length > 0 ? { initContainerStatuses: inits } : {}),
    containerStatuses: listAt(pod, 'spec', 'containers').map((container) => ({
      ...headOf(pod, container),
      ...started,
      ready,
    })),
  }
}

/** The same pod after its containers came to their end. */
export function succeededStatus(pod: KubeObject, podIP: string, now: number): JsonObject {
  const time = kubeTime(now)
  const over = (field: string): JsonObject[] =>
    listAt(pod, 'spec', field).map((container) => ({ ...headOf(pod, container), ...ended(time), ready: false }))
  const done = { reason: 'PodCompleted' }
  const inits = over('initContainers')
  return {
    ...runningStatus(pod, { podIP, ready: false, now }),
    phase: 'Succeeded',
    conditions: [
      condition('PodReadyToStartContainers', false, time),
      { ...condition('Initialized', true, time), ...done },
      { ...condition('Ready', false, time), ...done },
      { ...condition('ContainersReady', false, time), ...done },
      condition('PodScheduled', true, time),
    ],
    ...(inits.length > 0 ? { initContainerStatuses: inits } : {}),
    containerStatuses: over('containers'),
  }
}

/** A pod for which no Node is there. */
export function unschedulableStatus(now: number): JsonObject {
  const message = 'no nodes available to schedule pods'
  const why = { reason: 'Unschedulable', message }
  return { phase: 'Pending', conditions: [{ ...condition('PodScheduled', false, kubeTime(now)), ...why }] }
}

function condition(type: string, isTrue: boolean, time: string): JsonObject {
  return { type, status: isTrue ? 'True' : 'False', lastProbeTime: null, lastTransitionTime: time }
}

function unready(pod: KubeObject): JsonObject {
  const names = listAt(pod, 'spec', 'containers').map((container) => textAt(container, 'name') ?? '')
  return { reason: 'ContainersNotReady', message: `containers with unready status: [${names.join(' ')}]` }
}

function ended(time: string): JsonObject {
  const terminated = { exitCode: 0, reason: 'Completed', startedAt: time, finishedAt: time }
  return { state: { terminated }, started: false, restartCount: 0 }
}

function headOf(pod: KubeObject, container: unknown): JsonObject {
  const name = textAt(container, 'name') ?? ''
  const image = textAt(container, 'image') ?? ''
  const id = createHash('sha256').update(`${pod.metadata.uid}${name}`).digest('hex')
  return { name, image, imageID: image, containerID: `containerd://${id}`, lastState: {} }
}
