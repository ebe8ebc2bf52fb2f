import { isWebhook } from '../../istio/old-objects.ts'
import { uninstallArguments } from '../../istio/istioctl-arguments.ts'
import { objectName } from '../../istio/owners.ts'
import type { KubeObject } from '../../istio/objects.ts'
import { CodedError } from '../../kernel/errors.ts'
import { sleep } from '../../kernel/retry.ts'
import { codedOf } from '../../upgrade/event.ts'
import { proveClasses } from '../class-proofs.ts'
import { awaitedCensus } from '../fresh-census.ts'
import { readOldObjects } from '../old-objects.ts'
import { retireGates } from '../retire-gates.ts'
import { savedOld } from '../saved-old.ts'
import { undoneBy, verifiedBy } from '../verified.ts'
import type { WorkerContext } from '../worker-context.ts'
import { untilReady } from './rehearse.ts'
import { lastWords, runIstioctl } from './run-istioctl.ts'
import { deploymentsOf } from './save-old.ts'
import type { StepHandler, StepWork, Undone, Verified } from './step.ts'

/**
 * OLD by `istioctl uninstall --revision OLD`, never by file; then nothing of it may be left and every class must get what it got
 * before. Its undo puts back every saved object, what intercepts requests last.
 */
export const uninstallOld: StepHandler = { alreadyDone, act, verify, undo }

/** A first attempt finds OLD there; a later one may come after the first was killed with everything removed. */
async function alreadyDone({ ctx, run, entry }: StepWork): Promise<boolean> {
  return entry.acted && (await readOldObjects(ctx, oldOf(run))).length === 0
}

async function act(work: StepWork): Promise<void> {
  const { ctx, run, entry, signal } = work
  const revision = oldOf(run)
  const begun = entry.acted && (await isPartGone(ctx, run, revision))
  if (!begun) await awaitedCensus(ctx, signal)
  // What was begun is ended: with half of OLD gone, a gate that closes now would only keep the other half.
  const [closed] = begun ? [] : await retireGates(ctx, run, await ctx.cluster.readInjection())
  if (closed) throw new CodedError(closed.code, closed.facts)
  const args = uninstallArguments(run.plan.to.version, revision)
  if (!args) throw new CodedError('UNINSTALL_UNSUPPORTED', { version: run.plan.to.version })
  const result = await runIstioctl(work, args, ctx.settings.times.installDeadline)
  if (result.ended === 'cancelled') throw new CodedError('CANCELLED', { command: 'istioctl uninstall' })
  // With what is left of OLD too little for istioctl to know its revision, the second attempt says so, and verify names it.
  if (result.exitCode !== 0 && !entry.acted) {
    throw new CodedError('UNINSTALL_FAILED', { revision, exitCode: result.exitCode ?? -1, said: lastWords(result) })
  }
}

/** An attempt that acted may have been ended before istioctl removed anything: then it is as if it had never begun. */
async function isPartGone(ctx: WorkerContext, run: StepWork['run'], revision: string): Promise<boolean> {
  const [left, saved] = await Promise.all([readOldObjects(ctx, revision), savedOld(ctx, run, 'retire')])
  return left.length < saved.objects.length
}

async function verify(work: StepWork): Promise<Verified> {
  const { ctx, run, signal } = work
  const revision = oldOf(run)
  const left = await leftAfterAWhile(work, revision)
  if (left.length > 0) {
    const error = codedOf('UNINSTALL_LEFT_OBJECTS', { revision, left: left.map(objectName) })
    return { ok: false, error, proofs: [], way: 'undo' }
  }
  return verifiedBy(await proveClasses(ctx, run, signal), [codedOf('OLD_REMOVED', { revision })])
}

/** istioctl ends before the cluster has collected what it removed. */
async function leftAfterAWhile({ ctx, signal }: StepWork, revision: string): Promise<readonly KubeObject[]> {
  const end = ctx.clocks.machine.now() + ctx.settings.times.readyDeadline
  for (;;) {
    const left = await readOldObjects(ctx, revision)
    if (left.length === 0 || signal.aborted || ctx.clocks.machine.now() >= end) return left
    await sleep(250, signal)
  }
}

async function undo({ ctx, run, signal }: StepWork): Promise<Undone> {
  const saved = await savedOld(ctx, run, 'retire')
  await apply(
    ctx,
    saved.objects.filter((one) => !isWebhook(one)),
  )
  const { version } = run.plan.from[0] ?? { version: '' }
  const wanted = Math.max(1, ...deploymentsOf(saved.objects).map(({ replicas }) => replicas))
  const failed = await untilReady(ctx, { revision: saved.revision, version }, wanted)
  if (failed) return { ok: false, error: failed, proofs: [] }
  await apply(ctx, saved.objects.filter(isWebhook))
  const evidence = codedOf('OLD_PUT_BACK', { revision: saved.revision, objects: saved.objects.length })
  return undoneBy(await proveClasses(ctx, run, signal), [evidence])
}

async function apply(ctx: WorkerContext, objects: readonly KubeObject[]): Promise<void> {
  for (const object of objects) {
    if (!ctx.holds()) throw new CodedError('LEASE_LOST')
    await ctx.cluster.apply(object)
  }
}

function oldOf({ plan }: StepWork['run']): string {
  return plan.from[0]?.revision ?? ''
}
