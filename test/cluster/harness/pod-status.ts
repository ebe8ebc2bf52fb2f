import type { Container, Pod } from './pod-types.ts'

export type PodState = {
  readonly phase: 'Pending' | 'Running' | 'Succeeded'
  readonly ready: boolean
  readonly restarts: number
  readonly address: string
  readonly hostAddress: string
  /** Set: no container runs, and this is why (`ImagePullBackOff`). */
  readonly waiting?: string
}

/** The status that a kubelet would report; `now` is a UTC ISO time. */
export function statusOf(pod: Pod, state: PodState, now: string): object {
  const condition = (type: string, yes: boolean) => ({ type, status: yes ? 'True' : 'False', lastTransitionTime: now })
  const started = state.waiting === undefined
  return {
    phase: state.phase,
    podIP: state.address,
    podIPs: [{ ip: state.address }],
    hostIP: state.hostAddress,
    startTime: pod.metadata.creationTimestamp ?? now,
    conditions: [
      condition('PodScheduled', true),
      condition('Initialized', started),
      condition('ContainersReady', state.ready),
      condition('Ready', state.ready),
    ],
    containerStatuses: pod.spec.containers.map((container) => containerStatus(container, state, now)),
    initContainerStatuses: (pod.spec.initContainers ?? []).map((container) => initStatus(container, state, now)),
  }
}

function containerStatus(container: Container, state: PodState, now: string): object {
  const base = { name: container.name, image: container.image, imageID: '', restartCount: state.restarts }
  if (state.waiting) return { ...base, ready: false, started: false, state: { waiting: { reason: state.waiting } } }
  if (state.phase === 'Succeeded') return { ...base, ready: false, started: false, state: ended(now) }
  return { ...base, ready: state.ready, started: true, state: { running: { startedAt: now } } }
}

/** A native sidecar (restartPolicy Always) goes on running beside the others; any other init container has ended. */
function initStatus(container: Container, state: PodState, now: string): object {
  if (container.restartPolicy === 'Always') return containerStatus(container, state, now)
  const base = { name: container.name, image: container.image, imageID: '', restartCount: 0 }
  if (state.waiting) return { ...base, ready: false, state: { waiting: { reason: 'PodInitializing' } } }
  return { ...base, ready: true, state: ended(now) }
}

function ended(now: string): object {
  return { terminated: { exitCode: 0, reason: 'Completed', startedAt: now, finishedAt: now } }
}
