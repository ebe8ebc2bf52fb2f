import { isReady } from '../istiod.ts'
import { templateHash } from '../istio/running-pods.ts'
import type { KubeObject } from '../kube-object.ts'
import { objectAt, textAt, valueAt } from '../kube-object.ts'
import type { Controller, Hands } from './controller.ts'
import {
  MANAGER,
  activePods,
  find,
  isFinished,
  keyOf,
  numberAt,
  ownAndOwned,
  readyOf,
  removePod,
  withoutZeros,
} from './controller.ts'
import type { PodMaker } from './make-pod.ts'
import { newPodMaker, podFrom } from './make-pod.ts'

/** Pods with names of their own, made in order and replaced one by one from the last. */
export function statefulSetController(hands: Hands): Controller {
  const says = (owner: KubeObject, pod: KubeObject, why: string): string =>
    `create Pod ${pod.metadata.name} in StatefulSet ${owner.metadata.name} failed error: ${why}`
  const pods = newPodMaker(hands, 'statefulset-controller', (owner) => look(keyOf(owner)), says)
  const look = (key: string): void => {
    const set = find(hands, 'apps/v1', 'StatefulSet', key)
    if (set) reconcile(hands, pods, set)
  }
  return { name: 'statefulset', concerns: ownAndOwned('statefulsets.apps', 'StatefulSet', 'pods'), reconcile: look }
}

function reconcile(hands: Hands, pods: PodMaker, set: KubeObject): void {
  clearFinished(hands, set)
  const revision = revisionOf(set)
  if (scale(hands, pods, set, revision)) update(hands, set, revision)
  writeStatus(hands, set, revision)
}

/** A StatefulSet's pod that has ended gives up its name to the next one. */
function clearFinished(hands: Hands, set: KubeObject): void {
  for (const object of hands.kube.owned(set.metadata.uid ?? '')) {
    if (object.kind === 'Pod' && isFinished(object)) removePod(hands, object)
  }
}

/** True when every pod that should be there is there and ready, and none too many. */
function scale(hands: Hands, pods: PodMaker, set: KubeObject, revision: string): boolean {
  const replicas = numberAt(set, 1, 'spec', 'replicas')
  const parallel = textAt(set, 'spec', 'podManagementPolicy') === 'Parallel'
  const live = new Map(activePods(hands, set).map((pod) => [ordinalOf(pod), pod]))
  let complete = true
  for (let ordinal = 0; ordinal < replicas; ordinal += 1) {
    const pod = live.get(ordinal)
    if (pod && isReady(pod)) continue
    complete = false
    if (!pod) pods.make(set, podOf(set, ordinal, revision))
    if (!parallel) return false
  }
  const tooMany = [...live.keys()].filter((ordinal) => ordinal >= replicas).sort((a, b) => b - a)
  for (const ordinal of parallel ? tooMany : tooMany.slice(0, 1)) {
    const pod = live.get(ordinal)
    if (pod) removePod(hands, pod)
  }
  return complete && tooMany.length === 0
}

/** Takes the last pod of an older revision, down to the partition; the next one only when its successor is ready. */
function update(hands: Hands, set: KubeObject, revision: string): void {
  if (textAt(set, 'spec', 'updateStrategy', 'type') === 'OnDelete') return
  const partition = numberAt(set, 0, 'spec', 'updateStrategy', 'rollingUpdate', 'partition')
  const old = activePods(hands, set)
    .filter((pod) => !isCurrent(pod, revision) && ordinalOf(pod) >= partition)
    .sort((a, b) => ordinalOf(b) - ordinalOf(a))
  if (old[0]) removePod(hands, old[0])
}

function writeStatus(hands: Hands, set: KubeObject, revision: string): void {
  const pods = activePods(hands, set)
  const updated = pods.filter((pod) => isCurrent(pod, revision)).length
  const replicas = numberAt(set, 1, 'spec', 'replicas')
  const before = textAt(set, 'status', 'currentRevision') ?? revision
  const done = updated === replicas && pods.length === replicas && readyOf(pods) === replicas
  const status = {
    ...withoutZeros({
      observedGeneration: set.metadata.generation,
      readyReplicas: readyOf(pods),
      updatedReplicas: updated,
      currentReplicas: done ? updated : pods.length - updated,
    }),
    replicas: pods.length,
    availableReplicas: readyOf(pods),
    currentRevision: done ? revision : before,
    updateRevision: revision,
    collisionCount: 0,
  }
  hands.kube.putStatus({ ...set, status }, MANAGER)
}

function podOf(set: KubeObject, ordinal: number, revision: string): KubeObject {
  const name = `${set.metadata.name}-${ordinal}`
  return podFrom(set, objectAt(set, 'spec', 'template'), {
    name,
    labels: {
      'apps.kubernetes.io/pod-index': String(ordinal),
      'controller-revision-hash': revision,
      'statefulset.kubernetes.io/pod-name': name,
    },
    spec: { hostname: name, subdomain: valueAt(set, 'spec', 'serviceName') ?? '' },
  })
}

function ordinalOf(pod: KubeObject): number {
  return Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? -1)
}

/** `NAME-HASH` of a workload's template, as the label `controller-revision-hash` has it. */
export function revisionOf(workload: KubeObject): string {
  return `${workload.metadata.name}-${templateHash(objectAt(workload, 'spec', 'template'))}`
}

/** Seeds mark their pods with the template's bare hash, as a ReplicaSet's are. */
export function isCurrent(pod: KubeObject, revision: string): boolean {
  const labels = pod.metadata.labels ?? {}
  const hash = labels['controller-revision-hash'] ?? labels['pod-template-hash'] ?? ''
  return revision === hash || (hash !== '' && revision.endsWith(`-${hash}`))
}
