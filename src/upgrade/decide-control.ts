import { isoOf } from '../kernel/clock.ts'
import type { Facts } from '../kernel/errors.ts'
import type { Run } from '../wire/run.ts'
import { queueNextStep, savedAnew } from './begin-phase.ts'
import { openCard } from './cards.ts'
import type { Decided } from './decided.ts'
import { beginUndo } from './decide-undo.ts'
import { currentProgress, runMessage, withAudit, withMessage, withVerdict } from './draft.ts'
import type { Click, RunEvent } from './event.ts'
import { codedOf } from './event.ts'
import { byHandIsKnown } from './decide-by-hand.ts'
import { rollbackOffered } from './message-facts.ts'
import { nothingToStop } from './nothing-to-stop.ts'
import { namesOf, podsGet } from './pods-get.ts'
import { isGoingBack, markedForBack, startBack } from './go-back.ts'
import type { Policy } from './policy.ts'
import { ended } from './decide-retired.ts'
import { busyStep, nextUndo, restingState, somethingActed } from './step-order.ts'
import { mayRollBack, mayStop } from './who-may.ts'
import { stoppedAlready } from './who-stopped.ts'

/** Stop: the running step ends and is verified, nothing new starts. It never holds back an undo. */
export function decideStop(run: Run, click: Click, policy: Policy, nowMs: number): Decided {
  const no = mayStop(policy, run, click.who)
  if (no) return { ok: false, refusal: no }
  const already = nothingToStop(run) ?? stoppedAlready(run)
  if (already) return { ok: false, refusal: already }
  const stopped = { ...run, stopped: { who: click.who, at: isoOf(nowMs) } }
  const busy = busyStep(run)
  const said = codedOf('STOPPED', { phase: run.phase, running: busy?.id, ...podsGet(run), ...wayBack(run) })
  const shown = withMessage(withAudit(stopped, said, nowMs, click), runMessage(run))
  return { ok: true, run: withVerdict(shown, click.request, said) }
}

/** What the answer offers: the way back, and whether new pods get OLD anyhow, so that going back only removes NEW. */
function wayBack(run: Run): Facts {
  const isOffered = rollbackOffered(run) || (!isGoingBack(run) && busyStep(run) !== null)
  if (!isOffered) return {}
  const { before, after } = namesOf(run.plan)
  return { run: run.id, before, after, removes: podsGet(run).gets === before }
}

export function decideResume(run: Run, click: Click, policy: Policy, nowMs: number): Decided {
  const no = mayStop(policy, run, click.who)
  if (no) return { ok: false, refusal: no }
  if (!run.stopped && run.state !== 'halted') {
    return { ok: false, refusal: { code: 'NOTHING_TO_RESUME', facts: { state: run.state } } }
  }
  const { stopped: _, halted: __, ...rest } = run
  const going: Run = { ...rest, state: run.state === 'halted' ? stateBeforeHalt(run) : run.state }
  const isBack = going.rollback !== undefined || going.state === 'undoing'
  const said = codedOf(isBack ? 'RESUMED_BACK' : 'RESUMED', { phase: run.phase })
  const shown = withMessage(withAudit(byHandIsKnown(going, nowMs), said, nowMs, click), runMessage(run))
  return { ok: true, run: withVerdict(goOn(shown, nowMs), click.request, said) }
}

/** A phase that has begun shows its progress until it ends; between two phases the run waits for a card. */
function stateBeforeHalt(run: Run): Run['state'] {
  if (run.rollback || run.steps.some((step) => step.state === 'undo-failed')) return 'undoing'
  const progress = currentProgress(run)
  return progress && !progress.endedAt ? 'running' : restingState(run)
}

/** Takes the halted or stopped work up again: the same step looks at the cluster first, after a new save where nothing has acted. */
function goOn(run: Run, nowMs: number): Run {
  if (busyStep(run)) return run
  if (run.state === 'undoing') return beginUndo(run, nowMs)
  return run.state === 'running' ? queueNextStep(savedAnew(run)) : run
}

type Rollback = Extract<RunEvent, { kind: 'rollback' }>

/** The way back by a listed person: held up by nothing (promise 8). A running step is cancelled and undone. */
export function decideRollback(run: Run, event: Rollback, policy: Policy, nowMs: number): Decided {
  const { click } = event
  const no = mayRollBack(policy, run, click.who)
  if (no) return { ok: false, refusal: no }
  if (isGoingBack(run)) {
    return { ok: false, refusal: { code: 'ROLLING_BACK', facts: { phase: run.phase, at: run.rollback?.at } } }
  }
  const because = codedOf('ROLLBACK_ASKED', { who: click.who.user, reason: event.reason })
  const marked = markedForBack(run, { who: click.who, at: isoOf(nowMs), because }, nowMs)
  const audited = withAudit(marked, because, nowMs, click)
  const said = codedOf(nextUndo(marked) || busyStep(marked) ? 'ROLLBACK_STARTED' : 'NOTHING_TO_UNDO', {
    phase: run.phase,
  })
  return { ok: true, run: withVerdict(startBack(audited, nowMs), click.request, said) }
}

/**
 * Ends a run so that a new one can begin: one that never changed anything and waits for nobody, one that is done, and one after
 * whose switch somebody else has removed OLD, with the tool that made it.
 */
export function decideReplaced(run: Run, oldIsGone: boolean, nowMs: number): Decided {
  if (run.state === 'done') return { ok: true, run: ended(run, nowMs) }
  const isIdle = run.state === 'waiting' && !somethingActed(run)
  const isOver = run.state === 'switched' && oldIsGone
  if ((!isIdle && !isOver) || openCard(run)) {
    return { ok: false, refusal: { code: 'RUN_BUSY', facts: { state: run.state, phase: run.phase } } }
  }
  const replaced = withAudit(run, codedOf('RUN_REPLACED', { run: run.id }), nowMs)
  return { ok: true, run: { ...replaced, state: 'ended', endedAt: isoOf(nowMs) } }
}
