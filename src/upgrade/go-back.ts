import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { endCard, openCard } from './cards.ts'
import { beginUndo, turnedBack } from './decide-undo.ts'
import { withEffect } from './draft.ts'
import { busyStep } from './step-order.ts'

/** Who asked for the way back, when and why, as the record keeps it. */
type Asked = NonNullable<Run['rollback']>

/** Is the run on its way back already? A halted one may be sent on it again. */
export function isGoingBack(run: Run): boolean {
  return run.rollback !== undefined && run.state !== 'halted'
}

/**
 * The run marked as going back: the open card ends, since nobody decides on it any more. An earlier stop ends too: it never holds back
 * a way back that somebody asks for (promise 8), nor NEW's removal at its end. One that comes later is a brake on that way.
 */
export function markedForBack(run: Run, asked: Asked, nowMs: number): Run {
  // What was seen of OLD says nothing of NEW, which is the one to go from now on.
  const conditions = run.conditions.filter(({ type }) => type !== 'Done' && type !== 'OldUnused')
  const { stopped: _, ...going } = withdrawn({ ...run, conditions }, asked.because, nowMs)
  return { ...going, rollback: asked }
}

function withdrawn(run: Run, because: Coded, nowMs: number): Run {
  const card = openCard(run)
  return card ? endCard(run, card, 'withdrawn', nowMs, because) : run
}

/** Begins the way back: a running step is cancelled first, and undone with the others. */
export function startBack(run: Run, nowMs: number): Run {
  const busy = busyStep(run)
  if (busy?.state === 'running') return withEffect(turnedBack(run, nowMs), { kind: 'cancel-step', step: busy.id })
  if (busy) return turnedBack(run, nowMs)
  return beginUndo(run, nowMs)
}
