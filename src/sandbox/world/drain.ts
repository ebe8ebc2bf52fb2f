import { isReady } from '../kube-server/istiod.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { objectAt, textAt, valueAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { putSpec } from './redeploy.ts'

const NODE_KEEPER = 'node-maintenance'

/** Lets no new pod onto the node, or lets them again; a node that has gone is left alone. */
export function cordon(kube: KubeServer, node: string, closed: boolean): void {
  const live = kube.get('v1', 'Node', node)
  if (!live) return
  const { unschedulable: _before, ...spec } = objectAt(live, 'spec')
  putSpec(kube, live, closed ? { ...spec, unschedulable: true } : spec, NODE_KEEPER)
}

/**
 * One round of a drain: takes at most one pod of each owner from the node, and only while another of the owner's pods is
 * ready elsewhere, as a PodDisruptionBudget would have it. Answers how many are left to take. Pods of DaemonSets, bare
 * ones and those of the system's own namespaces stay.
 */
export function drainRound(kube: KubeServer, node: string, namespaces: ReadonlySet<string>): number {
  const pods = kube.list('v1', 'Pod').filter((pod) => namespaces.has(pod.metadata.namespace ?? '') && isRunning(pod))
  const byOwner = Map.groupBy(pods, (pod) => movableOwner(pod) ?? '')
  byOwner.delete('')
  let left = 0
  for (const siblings of byOwner.values()) {
    const here = siblings.filter((pod) => valueAt(pod, 'spec', 'nodeName') === node)
    const [next] = here
    if (!next) continue
    const others = siblings.some((pod) => valueAt(pod, 'spec', 'nodeName') !== node && isReady(pod))
    if (others) kube.remove('v1', 'Pod', next.metadata.name, next.metadata.namespace)
    left += here.length - (others ? 1 : 0)
  }
  return left
}

/** Finished pods are in nobody's way. */
function isRunning(pod: KubeObject): boolean {
  return !['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase') ?? '')
}

function movableOwner(pod: KubeObject): string | undefined {
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true)
  return owner && ['ReplicaSet', 'StatefulSet'].includes(owner.kind) ? owner.uid : undefined
}
