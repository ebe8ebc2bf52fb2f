import { CodedError, refusalOf } from '../kernel/errors.ts'
import { isApplied } from '../istio/change-applied.ts'
import type { Change } from '../istio/changes.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { WorkerContext } from './worker-context.ts'

const TRIES = 4

/** Is there anything left to write? */
export async function isChangeApplied(ctx: WorkerContext, change: Change): Promise<boolean> {
  return isApplied(change, await ctx.cluster.get(change.ref))
}

/**
 * Writes one change, guarded by what was read just before: identity (uid) as planned, resourceVersion as read now. Somebody
 * else's write in between (istiod keeps caBundles up to date) is looked at again and tried anew, a few times.
 */
export async function applyChange(ctx: WorkerContext, change: Change): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    if (!ctx.holds()) throw new CodedError('LEASE_LOST')
    const live = await ctx.cluster.get(change.ref)
    if (isApplied(change, live)) return
    checkIdentity(change, live)
    try {
      return await write(ctx, change, live)
    } catch (error) {
      if (attempt >= TRIES || refusalOf(error).code !== 'CLUSTER_CONFLICT') throw error
    }
  }
}

function checkIdentity(change: Change, live: KubeObject | null): void {
  const { restsOn, ref } = change
  const facts = { kind: ref.kind, name: ref.name }
  if (restsOn.kind === 'absent' && live !== null) throw new CodedError('OBJECT_APPEARED', facts)
  if (restsOn.kind === 'exists' && live === null) throw new CodedError('OBJECT_GONE', facts)
  if (restsOn.kind !== 'version') return
  if (live === null) throw new CodedError('OBJECT_GONE', facts)
  if (live.metadata.uid !== restsOn.uid) throw new CodedError('OBJECT_REPLACED', facts)
}

async function write(ctx: WorkerContext, change: Change, live: KubeObject | null): Promise<void> {
  const version = live?.metadata.resourceVersion
  switch (change.kind) {
    case 'apply': {
      const metadata = { ...change.body.metadata, ...(version ? { resourceVersion: version } : {}) }
      await ctx.cluster.apply({ ...change.body, metadata })
      return
    }
    case 'json-patch': {
      const guard = version ? [{ op: 'test' as const, path: '/metadata/resourceVersion', value: version }] : []
      await ctx.cluster.patchJson(change.ref, [...guard, ...change.operations])
      return
    }
    case 'delete': {
      const uid = live?.metadata.uid
      if (uid) await ctx.cluster.remove(change.ref, { uid })
    }
  }
}
