import { isReady } from '../istiod.ts'
import type { KubeObject } from '../kube-object.ts'
import { objectAt, textAt, valueAt } from '../kube-object.ts'
import { dated } from './conditions.ts'
import type { Controller, Hands } from './controller.ts'
import {
  MANAGER,
  activePods,
  find,
  keyOf,
  numberAt,
  ownAndOwned,
  readyOf,
  removePod,
  withoutZeros,
} from './controller.ts'
import type { PodMaker } from './make-pod.ts'
import { newPodMaker, podFrom } from './make-pod.ts'

const NAME = 'replicaset'

/** Keeps as many pods as its replicas say; the pods it counts are those which name it as owner. */
export function replicaSetController(hands: Hands): Controller {
  const pods = newPodMaker(hands, 'replicaset-controller', (owner) => look(keyOf(owner)))
  const look = (key: string): void => {
    const set = find(hands, 'apps/v1', 'ReplicaSet', key)
    if (set) reconcile(hands, pods, set)
  }
  return { name: NAME, concerns: ownAndOwned('replicasets.apps', 'ReplicaSet', 'pods'), reconcile: look }
}

function reconcile(hands: Hands, pods: PodMaker, set: KubeObject): void {
  const wanted = numberAt(set, 1, 'spec', 'replicas')
  const live = activePods(hands, set)
  for (const pod of surplus(live, live.length - wanted)) removePod(hands, pod)
  const refused = fill(pods, set, wanted - live.length)
  const now = activePods(hands, set)
  const template = Object.entries(objectAt(set, 'spec', 'template', 'metadata', 'labels'))
  const labelled = now.filter((pod) => template.every(([key, value]) => pod.metadata.labels?.[key] === value))
  const ready = readyOf(now)
  const failure = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: refused ?? '' } as const
  const status = {
    ...withoutZeros({
      fullyLabeledReplicas: labelled.length,
      readyReplicas: ready,
      availableReplicas: ready,
      observedGeneration: set.metadata.generation,
      ...(refused === null ? {} : { conditions: dated(set, [failure], hands.kube.now()) }),
    }),
    replicas: now.length,
  }
  hands.kube.putStatus({ ...set, status }, MANAGER)
}

/** Creates what is missing up to the first refusal, whose words are the result. */
function fill(pods: PodMaker, set: KubeObject, missing: number): string | null {
  for (let made = 0; made < missing; made += 1) {
    const why = pods.make(set, podFrom(set, objectAt(set, 'spec', 'template')))
    if (why !== null) return why
  }
  return null
}

/** Whom to take first: not ready before ready, cheap before dear, young before old. Rule: Kubernetes' ActivePodsWithRanks. */
function surplus(pods: readonly KubeObject[], count: number): readonly KubeObject[] {
  if (count <= 0) return []
  const cost = (pod: KubeObject): number =>
    Number(pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? 0)
  const rank = (pod: KubeObject): number =>
    (valueAt(pod, 'spec', 'nodeName') === undefined ? 0 : 4) +
    (textAt(pod, 'status', 'phase') === 'Pending' ? 0 : 2) +
    (isReady(pod) ? 1 : 0)
  const age = (pod: KubeObject): string => `${pod.metadata.creationTimestamp} ${pod.metadata.name}`
  const order = (a: KubeObject, b: KubeObject): number =>
    rank(a) - rank(b) || cost(a) - cost(b) || (age(a) > age(b) ? -1 : 1)
  return [...pods].sort(order).slice(0, count)
}
