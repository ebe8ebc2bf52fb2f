import { CodedError, refusalOf } from '../kernel/errors.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { ProbeWatch } from '../ports/http-probes.ts'
import type { StepJob } from '../ports/work-queue.ts'
import { codedOf, type Settled } from '../upgrade/event.ts'
import { stepEntryOf, stepPlanOf, stepsOfPhase } from '../upgrade/step-order.ts'
import type { Coded } from '../wire/facts.ts'
import type { StepKind } from '../wire/plan.ts'
import { applyEffects } from './apply-effects.ts'
import { publishStatus } from './publish-status.ts'
import { settledNow } from './watch-changes.ts'
import { HANDLERS } from './steps/handlers.ts'
import type { StepHandler, StepWork, Undone, Verified } from './steps/step.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * One job from the steps queue. The run record decides whether there is anything to do: an outdated job, a job of another
 * run, or one whose step somebody holds, is dropped.
 */
export async function runStep(ctx: WorkerContext, job: StepJob): Promise<void> {
  const work = await beginWork(ctx, job)
  if (!work) return
  const aborter = new AbortController()
  ctx.running.set(job.step, aborter)
  // A rollback that was decided while the step was being journaled found nobody to cancel.
  if (job.direction === 'forward' && (await ctx.runs.current())?.rollback) aborter.abort()
  const limits = [aborter.signal, ctx.lost, AbortSignal.timeout(lifeOf(ctx, work.step.kind))]
  try {
    const ended = await endOf(job, work, limits)
    if (!ctx.holds()) return await letGo(ctx, job)
    await ctx.runs.change({ ...ended.event, ...(await settledBy(ctx, job, ended.mesh)) }, ctx.clocks.calendar.now())
  } finally {
    ctx.running.delete(job.step)
    ctx.phaseProbes.endAfter(ctx.holds() ? await ctx.runs.current() : null)
  }
  await applyEffects(ctx)
  await publishStatus(ctx)
}

async function endOf(job: StepJob, work: StepWork, limits: readonly AbortSignal[]): Promise<Ended> {
  const { ctx, run, step } = work
  const handler = HANDLERS[step.kind]
  if (job.direction === 'undo') {
    const undone = await goBack(handler, { ...work, signal: AbortSignal.any([...limits]) })
    return { event: undoEvent(job, undone, isLastUndo(work) ? (ctx.phaseProbes.now()?.sum() ?? []) : []) }
  }
  const watch = await ctx.phaseProbes.begun(run, ctx.clocks.calendar.now())
  const signal = AbortSignal.any([...limits, ...(watch ? [watch.breached] : [])])
  const verified = await probed(watch, work, () => goForward(handler, { ...work, signal }))
  const mesh = verified.ok ? verified.mesh : undefined
  return { event: forwardEvent(job, verified), ...(mesh ? { mesh } : {}) }
}

/**
 * What a step came to, if the tenants' traffic allows it: a spent error budget ends it at once and undoes the phase. The last step
 * of a phase asks once more after its proof: whatever the budget allows, no phase is done that ends in an outage. It says how all of
 * it went.
 */
async function probed(
  watch: ProbeWatch | null,
  { run, step }: StepWork,
  act: () => Promise<Verified>,
): Promise<Verified> {
  if (!watch) return act()
  const spent = (proofs: Verified['proofs']): Verified | null => {
    const error = watch.breach()
    return error ? { ok: false, error, proofs, way: 'undo' } : null
  }
  const before = spent([])
  if (before) return before
  const verified = await act()
  const isLast = stepsOfPhase(run, step.phase).at(-1)?.id === step.id
  const left = verified.ok && isLast ? await watch.settled() : null
  const ended = spent(verified.proofs)
  if (ended) return ended
  if (left) return { ok: false, error: left, proofs: verified.proofs, way: 'undo' }
  return verified.ok && isLast ? withSum(verified, watch) : verified
}

function withSum(verified: Extract<Verified, { readonly ok: true }>, watch: ProbeWatch): Verified {
  return { ...verified, evidence: [...verified.evidence, ...watch.sum()] }
}

/** Of what goes back: the phase, or everything where somebody asked for that. */
function isLastUndo({ run, step }: StepWork): boolean {
  const goingBack = run.rollback ? run.steps : stepsOfPhase(run, step.phase)
  return goingBack.every(({ id, acted }) => !acted || id === step.id)
}

type Ended = { readonly event: ReturnType<typeof forwardEvent> | ReturnType<typeof undoEvent>; readonly mesh?: Mesh }

/** How the step left what injection rests on: asked for the first time, and after each step that changed something. */
async function settledBy(ctx: WorkerContext, { step }: StepJob, seen?: Mesh): Promise<{ readonly settled?: Settled }> {
  const run = await ctx.runs.current()
  if (!run || (run.settled && !stepEntryOf(run, step)?.acted)) return {}
  return { settled: await settledNow(ctx, run, seen) }
}

/**
 * The Lease was lost while the step was at work; by now nothing of it runs here any more. Saying so spares the successor the
 * wait for our deadline. Where it can't be said, the deadline still holds.
 */
async function letGo(ctx: WorkerContext, { step, attempt }: StepJob): Promise<void> {
  const own = ctx.holder(0).id
  ctx.runs.forget()
  try {
    await ctx.runs.letGo((run) => {
      const entry = stepEntryOf(run, step)
      return entry?.attempt === attempt && entry.holder?.id === own ? { kind: 'taken-over', step, attempt } : null
    }, ctx.clocks.calendar.now())
  } catch (error) {
    ctx.log.warn('a step could not be let go', { step, code: refusalOf(error).code })
  }
}

/** Journals this attempt as ours, with a deadline that is renewed when a child starts. Null when it is not ours to do. */
async function beginWork(ctx: WorkerContext, job: StepJob): Promise<StepWork | null> {
  const planned = (await ctx.runs.current())?.plan.steps.find((step) => step.id === job.step)
  if (!planned) return null
  const { step: id, attempt, direction } = job
  const holder = ctx.holder(ctx.clocks.machine.now() + lifeOf(ctx, planned.kind))
  const began = await ctx.runs.change(
    (run) => (run.id === job.run ? { kind: 'step-began', step: id, attempt, direction, holder } : null),
    ctx.clocks.calendar.now(),
  )
  if (!began?.ok) return null
  const run = began.run
  const step = stepPlanOf(run, job.step)
  const entry = stepEntryOf(run, job.step)
  if (!step || !entry) return null
  void applyEffects(ctx)
  return {
    ctx,
    run,
    step,
    entry,
    signal: ctx.lost,
    acts: () => journalAct(ctx, job, holder, true),
    saved: (backup) => journalAct(ctx, job, holder, false, backup),
    childStarted: (child, deadlineMs) => journalAct(ctx, job, { ...ctx.holder(deadlineMs), child }, true),
  }
}

/** A minute for a few writes and their proof; an install has its own deadline, and then the wait for ready endpoints. */
const WRITES_MS = 60_000

/** How long one attempt may act, in ms: the journal names the end, and the attempt is aborted by then. */
function lifeOf(ctx: WorkerContext, kind: StepKind): number {
  const { installDeadline, readyDeadline, freshSpread, proofDeadline, rehearsal } = ctx.settings.times
  const proving = freshSpread + proofDeadline
  if (kind === 'rehearse') return WRITES_MS + rehearsal + readyDeadline + proving
  return kind === 'install' || kind === 'uninstall' ? installDeadline + readyDeadline + proving : WRITES_MS + proving
}

async function journalAct(
  ctx: WorkerContext,
  job: StepJob,
  holder: ReturnType<WorkerContext['holder']>,
  changes: boolean,
  backup?: { readonly name: string; readonly sha256: string },
): Promise<void> {
  const decided = await ctx.runs.change(
    { kind: 'step-acts', step: job.step, attempt: job.attempt, holder, changes, ...(backup ? { backup } : {}) },
    ctx.clocks.calendar.now(),
  )
  if (!decided?.ok || !ctx.holds()) throw new CodedError('STEP_NOT_OURS', { step: job.step })
}

async function goForward(handler: StepHandler, work: StepWork): Promise<Verified> {
  try {
    if (!(await handler.alreadyDone(work))) await handler.act(work)
    return await handler.verify(work)
  } catch (error) {
    return { ok: false, error: errorOf(work, error), proofs: [], way: wayAfter(work, error) }
  }
}

/**
 * A cluster that doesn't answer is not a reason to change it back: unknown halts, everything else is undone. But a rehearsal never
 * halts with OLD at zero.
 */
function wayAfter({ step }: StepWork, error: unknown): 'undo' | 'halt' {
  if (step.kind === 'rehearse') return 'undo'
  const { code } = refusalOf(error)
  return code === 'CLUSTER_UNREACHABLE' || code === 'CLUSTER_THROTTLED' ? 'halt' : 'undo'
}

async function goBack(handler: StepHandler, work: StepWork): Promise<Undone> {
  try {
    return await handler.undo(work)
  } catch (error) {
    return { ok: false, error: errorOf(work, error), proofs: [] }
  }
}

function errorOf(work: StepWork, error: unknown): Coded {
  const { code, facts } = refusalOf(error)
  work.ctx.log.warn('a step failed', { step: work.step.id, code, ...facts })
  return codedOf(code, facts)
}

function forwardEvent(job: StepJob, verified: Verified) {
  const about = { step: job.step, attempt: job.attempt, proofs: verified.proofs }
  return verified.ok
    ? ({ kind: 'step-done', ...about, evidence: verified.evidence } as const)
    : ({ kind: 'step-failed', ...about, error: verified.error, way: verified.way } as const)
}

function undoEvent(job: StepJob, undone: Undone, probed: readonly Coded[]) {
  const about = { step: job.step, attempt: job.attempt, proofs: undone.proofs }
  if (!undone.ok) return { kind: 'undo-failed', ...about, error: undone.error } as const
  const stays = undone.stays ? { stays: undone.stays } : {}
  return { kind: 'step-undone', ...about, evidence: [...undone.evidence, ...probed], ...stays } as const
}
