import { isoOf } from '../kernel/clock.ts'
import type { Coded } from '../wire/facts.ts'
import type { PhaseName } from '../wire/names.ts'
import type { Run } from '../wire/run.ts'
import type { Decided } from './decided.ts'
import { withCall } from './calls.ts'
import { wasOutdated } from './decide-asking.ts'
import { closeProgress, halt, progressed, withoutHolder } from './run-changes.ts'
import { nextId, runMessage, withAudit, withEffect, withMessage, withProofs, withStep } from './draft.ts'
import type { RunEvent } from './event.ts'
import { codedOf } from './event.ts'
import { busyStep, nextUndo, restingState, stepEntryOf, stepPlanOf, stepsOfPhase } from './step-order.ts'

type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>

/** Goes back: over the phase that failed, or over everything when somebody asked for a rollback. */
export function beginUndo(run: Run, nowMs: number): Run {
  return queueNextUndo(turnedBack(run, nowMs), nowMs)
}

/** The same before anything is queued: what runs still is cancelled, and its card shows at once which way the run goes. */
export function turnedBack(run: Run, nowMs: number): Run {
  const { halted: _, ...rest } = run
  const undoing: Run = { ...rest, state: 'undoing' }
  const last = undoing.progress.at(-1)
  const open = last !== undefined && !last.endedAt
  // A card would have nothing to say.
  if (!open && !busyStep(undoing) && !nextUndo(undoing)) return undoing
  const progress = open
    ? undoing.progress.map((entry, i) =>
        i === undoing.progress.length - 1 ? { ...entry, direction: 'undo' as const } : entry,
      )
    : [
        ...undoing.progress,
        {
          id: nextId(run, 'progress'),
          phase: phaseBack(run),
          direction: 'undo' as const,
          approvedBy: [],
          startedAt: isoOf(nowMs),
        },
      ]
  return progressed({ ...undoing, progress })
}

/** The phase that goes back first: where nothing has to be undone, the present one. */
function phaseBack(run: Run): PhaseName {
  const first = nextUndo(run)
  return (first && stepPlanOf(run, first.id)?.phase) ?? run.phase
}

/** Queues the undo of the last step that acted; ends the way back when none is left. Waits for a step that still runs. */
export function queueNextUndo(run: Run, nowMs: number): Run {
  if (busyStep(run)) return run
  const step = nextUndo(run)
  if (!step) return endUndo(run, nowMs)
  const attempt = step.attempt + 1
  const undoing = withStep(run, step.id, { state: 'undoing', attempt })
  return withEffect({ ...undoing, state: 'undoing' }, { kind: 'step', step: step.id, attempt, direction: 'undo' })
}

function endUndo(run: Run, nowMs: number): Run {
  if (!run.rollback) {
    const closed = progressed(closeProgress(resetPhase(run), nowMs))
    const audited = withAudit(closed, codedOf('PHASE_UNDONE', { phase: run.phase }), nowMs)
    return called({ ...audited, state: restingState(audited) }, nowMs)
  }
  const closed = progressed(closeProgress(run, nowMs))
  const stays = run.conditions.find((condition) => condition.type === 'NewStays' && condition.status === 'True')
  if (stays) {
    const audited = withAudit(closed, codedOf('RETURNING', { because: stays.reason }), nowMs)
    return withMessage({ ...audited, state: 'returning' }, runMessage(run))
  }
  const audited = withAudit(closed, codedOf('RETURNED', { run: run.id }), nowMs)
  return withMessage({ ...audited, state: 'returned', endedAt: isoOf(nowMs) }, runMessage(run))
}

/** Whoever asked for it has to see to it; not where a new card is asked for by itself. */
function called(run: Run, nowMs: number): Run {
  if (wasOutdated(run)) return run
  const undone = codedOf('PHASE_UNDONE', { phase: run.phase })
  // A phase that is begun anew keeps the errors of its earlier attempt, in steps that it has not come to yet.
  const failed = stepsOfPhase(run, run.phase).findLast(({ error, state }) => error && state !== 'waiting')
  return withCall(run, 'undone', failed?.error ?? undone, nowMs)
}

/** After its undo the phase stands as before its start, so that it can be asked for again. */
function resetPhase(run: Run): Run {
  return stepsOfPhase(run, run.phase).reduce(
    (next, step) =>
      step.state === 'waiting'
        ? next
        : withStep(next, step.id, { state: step.state === 'done' ? 'undone' : step.state }),
    run,
  )
}

export function decideStepUndone(run: Run, event: Of<'step-undone'>, nowMs: number): Decided {
  const step = stepEntryOf(run, event.step)
  if (!step || step.attempt !== event.attempt || step.state !== 'undoing') {
    return { ok: false, refusal: { code: 'STEP_OUTDATED', facts: {} } }
  }
  const change = {
    state: 'undone' as const,
    acted: false,
    endedAt: isoOf(nowMs),
    evidence: [...event.evidence],
  }
  const undone = withoutHolder(withStep(withProofs(run, step.id, event.proofs), step.id, change), step.id)
  const noted = event.stays ? withStays(undone, event.stays, nowMs) : undone
  const audited = withAudit(noted, codedOf('STEP_UNDONE', { step: step.id, attempt: step.attempt }), nowMs)
  return { ok: true, run: queueNextUndo(progressed(audited), nowMs) }
}

function withStays(run: Run, because: Coded, nowMs: number): Run {
  const condition = {
    type: 'NewStays',
    status: 'True' as const,
    reason: because.code,
    facts: because.facts,
    since: isoOf(nowMs),
  }
  return { ...run, conditions: [...run.conditions.filter((c) => c.type !== 'NewStays'), condition] }
}

/** A failed undo stops and shouts; it is never swallowed (promise 4). */
export function decideUndoFailed(run: Run, event: Of<'undo-failed'>, nowMs: number): Decided {
  const step = stepEntryOf(run, event.step)
  if (!step || step.attempt !== event.attempt || step.state !== 'undoing') {
    return { ok: false, refusal: { code: 'STEP_OUTDATED', facts: {} } }
  }
  const change = { state: 'undo-failed' as const, endedAt: isoOf(nowMs), error: event.error }
  const failed = withoutHolder(withStep(withProofs(run, step.id, event.proofs), step.id, change), step.id)
  const what = codedOf('UNDO_FAILED', { ...event.error.facts, step: step.id, because: event.error.code })
  return { ok: true, run: halt(failed, what, nowMs) }
}
