import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * What `istioctl install`, a removal and its undo need: istioctl renders ClusterRoles, CRDs, webhooks and Deployments, and
 * Kubernetes lets nobody grant in a ClusterRole what they don't hold themselves. Only everything is enough.
 */
export const EVERYTHING = { verb: '*', group: '*', resource: '*' }

/** Why istioctl can neither install nor remove a control plane with the worker's rights; empty when it can. */
export async function missingRights({ cluster }: WorkerContext): Promise<readonly Coded[]> {
  return (await cluster.mayI(EVERYTHING)) ? [] : [codedOf('INSTALL_RIGHTS_MISSING')]
}
