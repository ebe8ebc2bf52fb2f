import { isoOf } from '../kernel/clock.ts'
import type { Run, StepEntry } from '../wire/run.ts'
import { queueNextStep } from './begin-phase.ts'
import type { Decided } from './decided.ts'
import { done } from './decide-retired.ts'
import { beginUndo, queueNextUndo } from './decide-undo.ts'
import { runMessage, withAudit, withEffect, withMessage, withProofs, withStep } from './draft.ts'
import type { RunEvent } from './event.ts'
import { queuedStep } from './due.ts'
import { codedOf } from './event.ts'
import { whyNoRoom, withRoom } from './record-room.ts'
import { closeProgress, halt, progressed, withoutHolder } from './run-changes.ts'
import { nextStep, phaseAfter, phaseDone, restingState, stepEntryOf, stepPlanOf, stepsOfPhase } from './step-order.ts'
import { afterRehearsal } from './unused.ts'

type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>

/** The step as the event means it, or null: an attempt of long ago has nothing to say any more. */
function present(run: Run, event: { readonly step: string; readonly attempt: number }): StepEntry | null {
  const step = stepEntryOf(run, event.step)
  return step && step.attempt === event.attempt ? step : null
}

const OUTDATED: Decided = { ok: false, refusal: { code: 'STEP_OUTDATED', facts: {} } }

/**
 * Only the one step that the run itself wants begun now, in the direction that the run says: whoever can write to Redis can
 * put any step of the plan into the queue, also one of a phase that nobody approved.
 */
export function decideStepBegan(run: Run, event: Of<'step-began'>, nowMs: number): Decided {
  const step = present(run, event)
  const wanted = queuedStep(run)
  if (!step || wanted?.step !== step.id || wanted.direction !== event.direction || step.holder) return OUTDATED
  const state = event.direction === 'forward' ? 'running' : 'undoing'
  const begun = withStep(run, step.id, { state, holder: event.holder, startedAt: isoOf(nowMs) })
  return { ok: true, run: progressed(begun) }
}

/** The journal before the first change: who acts until when, and what the undo rests on. */
export function decideStepActs(run: Run, event: Of<'step-acts'>): Decided {
  const step = present(run, event)
  if (!step || (step.state !== 'running' && step.state !== 'undoing')) return OUTDATED
  if (step.holder && step.holder.id !== event.holder.id) return OUTDATED
  const backup = event.backup ? { backup: event.backup } : {}
  return {
    ok: true,
    run: withStep(run, step.id, { acted: step.acted || event.changes, holder: event.holder, ...backup }),
  }
}

export function decideStepDone(run: Run, event: Of<'step-done'>, nowMs: number): Decided {
  const step = present(run, event)
  if (!step || step.state !== 'running') return OUTDATED
  const ended = withoutHolder(
    withStep(withProofs(run, step.id, event.proofs), step.id, {
      state: 'done',
      endedAt: isoOf(nowMs),
      evidence: [...event.evidence],
    }),
    step.id,
  )
  const known = stepPlanOf(run, step.id)?.kind === 'rehearse' ? rehearsed(ended, step.id, nowMs) : ended
  const audited = withAudit(known, codedOf('STEP_DONE', { step: step.id, attempt: step.attempt }), nowMs)
  if (run.rollback) return { ok: true, run: queueNextUndo(progressed(audited), nowMs) }
  if (nextStep(audited, run.phase)) return { ok: true, run: goOn(progressed(audited), nowMs) }
  return { ok: true, run: endPhase(audited, nowMs) }
}

/** The next step, while the record has room for what it will say; else people look. */
function goOn(ended: Run, nowMs: number): Run {
  const run = withRoom(ended)
  const full = whyNoRoom(run)
  return full ? halt(run, full, nowMs) : queueNextStep(run)
}

function endPhase(run: Run, nowMs: number): Run {
  if (!phaseDone(run, run.phase)) return haltUnproven(run, nowMs)
  const closed = progressed(closeProgress(run, nowMs))
  const audited = withAudit(closed, codedOf('PHASE_DONE', { phase: run.phase }), nowMs)
  const next = phaseAfter(run.phase)
  if (!next) return done(audited, nowMs)
  const resting: Run = { ...audited, phase: next }
  const waiting: Run = { ...resting, state: restingState(resting) }
  return run.phase === 'switch' ? withMessage(waiting, runMessage(run)) : waiting
}

/** The proof is to be made again: its step counts as failed, so that `resume` repeats it. */
function haltUnproven(run: Run, nowMs: number): Run {
  const last = stepsOfPhase(run, run.phase).at(-1)
  const failed = last ? withStep(run, last.id, { state: 'failed' }) : run
  return halt(failed, codedOf('PHASE_UNPROVEN', { phase: run.phase }), nowMs)
}

export function decideStepFailed(run: Run, event: Of<'step-failed'>, nowMs: number): Decided {
  const step = present(run, event)
  if (!step || step.state !== 'running') return OUTDATED
  const failed = withoutHolder(
    withStep(withProofs(run, step.id, event.proofs), step.id, {
      state: 'failed',
      endedAt: isoOf(nowMs),
      error: event.error,
    }),
    step.id,
  )
  const what = codedOf('STEP_FAILED', {
    ...event.error.facts,
    step: step.id,
    attempt: step.attempt,
    because: event.error.code,
  })
  const audited = withAudit(failed, what, nowMs)
  if (run.rollback) return { ok: true, run: queueNextUndo(progressed(audited), nowMs) }
  if (event.way === 'halt') return { ok: true, run: halt(audited, event.error, nowMs) }
  return { ok: true, run: beginUndo(progressed(audited), nowMs) }
}

/** A rehearsal that went well has put back what it changed. */
function rehearsed(run: Run, id: string, nowMs: number): Run {
  return afterRehearsal(withStep(run, id, { acted: false }), nowMs)
}

/** The holder is gone: the same step again, as a new attempt that looks before it acts. */
export function decideTakenOver(run: Run, event: Of<'taken-over'>, nowMs: number): Decided {
  const step = present(run, event)
  if (!step || (step.state !== 'running' && step.state !== 'undoing')) return OUTDATED
  const attempt = step.attempt + 1
  const direction = step.state === 'running' ? ('forward' as const) : ('undo' as const)
  const state = direction === 'forward' ? ('waiting' as const) : ('undoing' as const)
  const left = withStep(withoutHolder(run, step.id), step.id, { attempt, state })
  const freed = withAudit(left, codedOf('TAKEN_OVER', { step: step.id, attempt }), nowMs)
  if (direction === 'forward') return { ok: true, run: forwardAgain(freed, step, attempt, nowMs) }
  return { ok: true, run: withEffect(freed, { kind: 'step', step: step.id, attempt, direction }) }
}

/**
 * On the way back no step is tried again. Nor is a rehearsal that had begun: OLD is at zero, and whoever watched over that is
 * gone, so it is put back before anything else, also where the run was stopped.
 */
function forwardAgain(run: Run, step: StepEntry, attempt: number, nowMs: number): Run {
  const rehearsing = step.acted && stepPlanOf(run, step.id)?.kind === 'rehearse'
  const error = rehearsing ? { error: codedOf('REHEARSAL_INTERRUPTED') } : {}
  const failed = withStep(run, step.id, { state: 'failed', ...error })
  if (run.rollback) return queueNextUndo(failed, nowMs)
  if (rehearsing) return beginUndo(failed, nowMs)
  return run.stopped ? run : withEffect(run, { kind: 'step', step: step.id, attempt, direction: 'forward' })
}
