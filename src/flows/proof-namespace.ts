import type { Namespace } from '../istio/objects.ts'
import { asksByNamespace, isProofNamespace, proofNamespace, proofNamespaceName } from '../istio/proof-namespace.ts'
import { CodedError, refusalOf } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * What the plan of an upgrade to 1.9 or older must say of the namespace in which it will be proven: that it is made and removed, or
 * why it can't be. The API server is asked with a dry run, so that rights, policies and quotas all have their word.
 */
export async function proofNamespacePlanned(
  ctx: WorkerContext,
  to: { readonly revision: string; readonly version: string },
): Promise<readonly Coded[]> {
  if (!asksByNamespace(to.version)) return []
  const namespace = proofNamespaceName(ctx.settings.namespace)
  try {
    const found = await find(ctx)
    if (found && !isProofNamespace(found)) return [codedOf('PROOF_NAMESPACE_TAKEN', { namespace })]
    if (!found) await ctx.cluster.create(proofNamespace(ctx.settings.namespace, to.revision), { dryRun: true })
  } catch (error) {
    return [refusedBy(error, 'PROOF_NAMESPACE_REFUSED', namespace)]
  }
  return [codedOf('PROOF_NAMESPACE_PLANNED', { namespace, revision: to.revision })]
}

/**
 * The namespace whose new pods get `revision`: a new one, or the one that an attempt before left when it was killed. One that is
 * not ours is never touched. Throws PROOF_NAMESPACE_TAKEN, _USED, _GOING or _REFUSED.
 */
export async function makeProofNamespace(ctx: WorkerContext, revision: string): Promise<Namespace> {
  const wanted = proofNamespace(ctx.settings.namespace, revision)
  const { name: namespace } = wanted.metadata
  const found = await find(ctx)
  if (found && !isProofNamespace(found)) throw new CodedError('PROOF_NAMESPACE_TAKEN', { namespace })
  if (found && servesFor(found, revision)) return found
  if (found) {
    await removeProofNamespace(ctx)
    await untilGone(ctx, namespace)
  }
  try {
    return await ctx.cluster.create(wanted)
  } catch (error) {
    const { code, facts } = refusedBy(error, 'PROOF_NAMESPACE_REFUSED', namespace)
    throw new CodedError(code, facts, { cause: error })
  }
}

/**
 * Removes our namespace where it is, and says whether it was there. Never with anything in it: that would be somebody's. Throws
 * PROOF_NAMESPACE_USED or _LEFT.
 */
export async function removeProofNamespace(ctx: WorkerContext): Promise<boolean> {
  const found = await find(ctx)
  if (!found || !isProofNamespace(found)) return false
  const { name: namespace, uid = '', deletionTimestamp } = found.metadata
  if (deletionTimestamp) return true
  const by = await whatIsIn(ctx, namespace)
  if (by.length > 0) throw new CodedError('PROOF_NAMESPACE_USED', { namespace, by })
  try {
    await ctx.cluster.remove(refOf(namespace), { uid })
  } catch (error) {
    const { code, facts } = refusedBy(error, 'PROOF_NAMESPACE_LEFT', namespace)
    throw new CodedError(code, facts, { cause: error })
  }
  return true
}

function servesFor({ metadata: { labels = {}, deletionTimestamp } }: Namespace, revision: string): boolean {
  return !deletionTimestamp && labels['istio.io/rev'] === revision
}

async function untilGone(ctx: WorkerContext, namespace: string): Promise<void> {
  const end = ctx.clocks.machine.now() + ctx.settings.times.proofDeadline
  while (await find(ctx)) {
    if (ctx.clocks.machine.now() >= end) throw new CodedError('PROOF_NAMESPACE_GOING', { namespace })
    await sleep(250, ctx.lost)
  }
}

const NAMED = 5

async function whatIsIn(ctx: WorkerContext, namespace: string): Promise<readonly string[]> {
  const [pods, workloads] = await Promise.all([
    ctx.cluster.list('v1', 'Pod', { namespace, metadataOnly: true }),
    ctx.cluster.readRollouts(),
  ])
  const others = workloads.filter(({ metadata }) => metadata.namespace === namespace)
  return [
    ...pods.map(({ metadata }) => `Pod ${metadata.name}`),
    ...others.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  ].slice(0, NAMED)
}

async function find(ctx: WorkerContext): Promise<Namespace | null> {
  return ctx.cluster.get(refOf(proofNamespaceName(ctx.settings.namespace)))
}

function refOf(name: string) {
  return { apiVersion: 'v1', kind: 'Namespace', name }
}

/** An API server that does not answer says nothing of the namespace, and is named as such. */
function refusedBy(error: unknown, code: 'PROOF_NAMESPACE_REFUSED' | 'PROOF_NAMESPACE_LEFT', namespace: string): Coded {
  const { code: cause, facts } = refusalOf(error)
  if (cause === 'CLUSTER_UNREACHABLE' || cause === 'CLUSTER_THROTTLED') return codedOf(cause, facts)
  return codedOf(code, { namespace, message: String(facts['message'] ?? cause) })
}
