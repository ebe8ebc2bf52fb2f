import { isCurrent } from '../kube-server/controllers/stateful-set.ts'
import { templateHash } from '../kube-server/istio/running-pods.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { objectAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'

const REVISION = 'deployment.kubernetes.io/revision'

/**
 * Whether this pod goes because its workload rolls: it is of an older template than its workload's. False for a pod of the
 * template as it is (a drain, fewer replicas, somebody's kubectl), and for one whose workload has gone.
 */
export function givesWay(kube: Pick<KubeServer, 'get' | 'owned'>, pod: KubeObject): boolean {
  const owner = ownerOf(kube, pod)
  if (!owner) return false
  if (owner.kind === 'ReplicaSet') return isOutgrown(kube, owner)
  if (owner.kind !== 'StatefulSet' && owner.kind !== 'DaemonSet') return false
  return !isCurrent(pod, `${owner.metadata.name}-${templateHash(objectAt(owner, 'spec', 'template'))}`)
}

function isOutgrown(kube: Pick<KubeServer, 'get' | 'owned'>, set: KubeObject): boolean {
  const deployment = ownerOf(kube, set)
  const sets = deployment ? kube.owned(deployment.metadata.uid ?? '') : []
  return sets.some((other) => other.kind === 'ReplicaSet' && revisionOf(other) > revisionOf(set))
}

function revisionOf(set: KubeObject): number {
  return Number(set.metadata.annotations?.[REVISION] ?? 0)
}

function ownerOf(kube: Pick<KubeServer, 'get'>, { metadata }: KubeObject): KubeObject | undefined {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller === true)
  return owner && kube.get(owner.apiVersion, owner.kind, owner.name, metadata.namespace)
}
