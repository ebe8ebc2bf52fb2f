import type { KubeObject } from './kube-object.ts'
import { valueAt } from './kube-object.ts'
import { apiVersionOf, builtInKinds } from './resource-kinds.ts'
import type { Store } from './store.ts'

/**
 * How many pods there should be, by the replicas of those who control these pods (a ReplicaSet's Deployment for it); a pod
 * without such an owner counts as one. Rule: Kubernetes' disruption controller, getExpectedScale.
 */
export function expectedPods(store: Store, pods: readonly KubeObject[]): number {
  const scales = new Map<string, number>()
  for (const pod of pods) {
    const scaled = scaledBy(store, pod)
    const replicas = scaled === pod ? 1 : Number(valueAt(scaled, 'spec', 'replicas') ?? 1)
    scales.set(scaled.metadata.uid ?? '', replicas)
  }
  return [...scales.values()].reduce((sum, replicas) => sum + replicas, 0)
}

/** The highest of those who control an object that has replicas; the object itself where there is none. */
function scaledBy(store: Store, object: KubeObject): KubeObject {
  const reference = object.metadata.ownerReferences?.find((one) => one.controller === true)
  const kind = builtInKinds.find((one) => one.kind === reference?.kind && apiVersionOf(one) === reference.apiVersion)
  const owner = reference && kind && store.read(kind, object.metadata.namespace ?? '', reference.name)
  return owner && valueAt(owner, 'spec', 'replicas') !== undefined ? scaledBy(store, owner) : object
}
