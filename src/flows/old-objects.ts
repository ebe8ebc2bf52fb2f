import { OLD_KINDS, oldSelector } from '../istio/old-objects.ts'
import type { KubeObject } from '../istio/objects.ts'
import { refusalOf } from '../kernel/errors.ts'
import type { WorkerContext } from './worker-context.ts'

/** Everything that istioctl made for a revision and would remove with it, read now, in the order of a restore. */
export async function readOldObjects(ctx: WorkerContext, revision: string): Promise<readonly KubeObject[]> {
  const labelSelector = oldSelector(revision, ctx.settings.istioNamespace)
  const lists = await Promise.all(
    OLD_KINDS.map(({ apiVersions, kind }) => listServed(ctx.cluster, apiVersions, kind, labelSelector)),
  )
  return lists.flat()
}

/** By the first of these versions that the API server serves. */
async function listServed(
  cluster: WorkerContext['cluster'],
  [first, ...rest]: readonly string[],
  kind: string,
  labelSelector: string,
): Promise<readonly KubeObject[]> {
  if (first === undefined) return []
  try {
    const found = await cluster.list(first, kind, { labelSelector })
    // Items of a list come without their own kind.
    return found.map((object) => ({ ...object, apiVersion: first, kind }))
  } catch (error) {
    const { code } = refusalOf(error)
    // Of a kind that is not served there are no objects.
    if (code !== 'CLUSTER_NOT_FOUND' && code !== 'CLUSTER_KIND_UNSERVED') throw error
    return listServed(cluster, rest, kind, labelSelector)
  }
}
