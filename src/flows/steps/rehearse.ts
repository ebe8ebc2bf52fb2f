import { CodedError, refusalOf } from '../../kernel/errors.ts'
import { sleep } from '../../kernel/retry.ts'
import { controlPlaneFor } from '../../istio/control-planes.ts'
import { codedOf } from '../../upgrade/event.ts'
import type { Coded } from '../../wire/facts.ts'
import type { Proof } from '../../wire/run.ts'
import { proveClasses } from '../class-proofs.ts'
import { awaitedCensus, freshCensus } from '../fresh-census.ts'
import { verdictOf } from '../prove-injection.ts'
import { retireGates } from '../retire-gates.ts'
import { savedOld } from '../saved-old.ts'
import { factsOf, undoneBy, verifiedBy } from '../verified.ts'
import type { WorkerContext } from '../worker-context.ts'
import { deploymentsOf } from './save-old.ts'
import type { StepHandler, StepWork, Undone, Verified } from './step.ts'

/**
 * OLD to zero for some minutes, to see whether anybody misses it, and back. A worker that dies meanwhile leaves an attempt that
 * acted: whoever comes next puts OLD back before anything else, and the rehearsal counts as failed.
 */
export const rehearse: StepHandler = { alreadyDone: async () => false, act, verify, undo }

async function act(work: StepWork): Promise<void> {
  const { ctx, run, entry, signal } = work
  if (entry.acted) throw new CodedError('REHEARSAL_INTERRUPTED')
  await awaitedCensus(ctx, signal)
  const [closed] = await retireGates(ctx, run, await ctx.cluster.readInjection())
  if (closed) throw new CodedError(closed.code, closed.facts)
  const saved = await savedOld(ctx, run, 'rehearse')
  await work.acts()
  await scale(
    ctx,
    deploymentsOf(saved.objects).map((one) => ({ ...one, replicas: 0 })),
  )
  await withoutOld(work, ctx.clocks.machine.now() + ctx.settings.times.rehearsal, signal)
}

/** Watches until the time is over; throws why it turned bad. */
async function withoutOld({ ctx, run }: StepWork, endMs: number, signal: AbortSignal): Promise<void> {
  while (ctx.clocks.machine.now() < endMs) {
    await sleep(ctx.settings.times.proofEvery, signal)
    if (signal.aborted) throw new CodedError('CANCELLED', { command: 'rehearsal' })
    const bad = await whyBad(ctx, run, signal)
    if (bad) throw new CodedError('REHEARSAL_BAD', { ...bad.facts, because: bad.code })
  }
}

/** Somebody misses OLD: new pods no longer get what they should, a pod with its sidecar is there, or an alarm is open. */
async function whyBad(ctx: WorkerContext, run: StepWork['run'], signal: AbortSignal): Promise<Coded | null> {
  const proofs = await proveClasses(ctx, run, signal)
  if (verdictOf(proofs) !== 'right') return badProof(proofs)
  const alarm = (await ctx.runs.current())?.alarms.find(
    ({ endedAt, what }) => !endedAt && what.code !== 'ALARM_CHANGED',
  )
  if (alarm) return alarm.what
  const taken = freshCensus(ctx)
  if (!taken) return codedOf('CENSUS_STALE')
  const { pods, migration } = taken.census
  return pods.old === 0 ? null : codedOf('PODS_STILL_OLD', { from: migration.from.join(', '), pods: pods.old })
}

function badProof(proofs: readonly Proof[]): Coded {
  const bad = proofs.find(({ verdict }) => verdict === 'wrong') ?? proofs.find(({ verdict }) => verdict !== 'right')
  return codedOf(bad?.verdict === 'wrong' ? 'PROOF_WRONG' : 'PROOF_UNPROVABLE', bad ? factsOf(bad) : {})
}

/** The rehearsal went well: OLD comes back all the same, and goes for good only by its own approval. */
async function verify(work: StepWork): Promise<Verified> {
  const { ctx, run, signal } = work
  const failed = await putBack(ctx, run)
  // Its undo tries the same again; only when that fails too people are called.
  if (failed) return { ok: false, error: failed, proofs: [], way: 'undo' }
  const evidence = codedOf('REHEARSED', { from: fromOf(run), ...lasting(ctx.settings.times.rehearsal) })
  return verifiedBy(await proveClasses(ctx, run, signal), [evidence])
}

function lasting(ms: number): { readonly minutes: number } | { readonly seconds: number } {
  return ms % 60_000 === 0 ? { minutes: ms / 60_000 } : { seconds: Math.round(ms / 1000) }
}

async function undo({ ctx, run, signal }: StepWork): Promise<Undone> {
  const failed = await putBack(ctx, run)
  if (failed) return { ok: false, error: failed, proofs: [] }
  return undoneBy(await proveClasses(ctx, run, signal), [codedOf('OLD_AT_WORK_AGAIN', { from: fromOf(run) })])
}

/** Null once OLD has as many ready istiods as before; else why not. */
async function putBack(ctx: WorkerContext, run: StepWork['run']): Promise<Coded | null> {
  const saved = await savedOld(ctx, run, 'rehearse')
  const wanted = deploymentsOf(saved.objects)
  await scaleUntilTaken(ctx, wanted)
  const { version } = run.plan.from[0] ?? { version: '' }
  return untilReady(ctx, { revision: saved.revision, version }, Math.max(1, ...wanted.map(({ replicas }) => replicas)))
}

const PASSING: readonly string[] = ['CLUSTER_UNREACHABLE', 'CLUSTER_THROTTLED', 'CLUSTER_CONFLICT']

/** A connection that breaks must not leave OLD at zero: the same number is written again, for at most `readyDeadline`. */
async function scaleUntilTaken(ctx: WorkerContext, wanted: readonly Scale[]): Promise<void> {
  const end = ctx.clocks.machine.now() + ctx.settings.times.readyDeadline
  for (;;) {
    try {
      return await scale(ctx, wanted)
    } catch (error) {
      if (!PASSING.includes(refusalOf(error).code) || ctx.lost.aborted || ctx.clocks.machine.now() >= end) throw error
    }
    await sleep(1000, ctx.lost)
  }
}

/** Waits until a revision has so many ready istiods, at most `readyDeadline`. */
export async function untilReady(
  ctx: WorkerContext,
  { revision, version }: { readonly revision: string; readonly version: string },
  wanted: number,
): Promise<Coded | null> {
  const end = ctx.clocks.machine.now() + ctx.settings.times.readyDeadline
  for (;;) {
    const ready = controlPlaneFor(await ctx.cluster.readInjection(), revision)?.readyEndpoints ?? 0
    if (ready >= wanted) return null
    if (ctx.lost.aborted || ctx.clocks.machine.now() >= end) {
      return codedOf('CONTROL_PLANE_NOT_READY', { revision, version, ready, wanted })
    }
    await sleep(250, ctx.lost)
  }
}

type Scale = ReturnType<typeof deploymentsOf>[number]

/** An autoscaler leaves a Deployment alone whose replicas are zero, and takes it up again with the first one. */
async function scale(ctx: WorkerContext, wanted: readonly Scale[]): Promise<void> {
  for (const { name, namespace, replicas } of wanted) {
    const ref = { apiVersion: 'apps/v1', kind: 'Deployment', name, namespace }
    try {
      await ctx.cluster.patchJson(ref, [{ op: 'replace', path: '/spec/replicas', value: replicas }])
    } catch (error) {
      const { code, facts } = refusalOf(error)
      throw new CodedError(code, { ...facts, name }, { cause: error })
    }
  }
}

function fromOf({ plan }: StepWork['run']): string {
  return plan.from.map(({ revision }) => revision).join(', ')
}
