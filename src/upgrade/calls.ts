import { isoOf } from '../kernel/clock.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { openCard } from './cards.ts'
import { currentProgress, nextId, withMessage } from './draft.ts'
import { isResting } from './step-order.ts'

type Call = NonNullable<Run['calls']>[number]

/**
 * The run with a new message that calls for somebody: the messages that are there already are only edited, and Slack notifies nobody of an
 * edit.
 */
export function withCall(run: Run, kind: Call['kind'], what: Coded, nowMs: number): Run {
  const progress = currentProgress(run)
  // On a way back it is not the phase that the run had come to.
  const phase = progress && !progress.endedAt ? progress.phase : run.phase
  const call = { id: nextId(run, 'call'), kind, phase, what, at: isoOf(nowMs) }
  return withMessage({ ...run, calls: [...(run.calls ?? []), call] }, call.id)
}

/** The run after whatever happened to it: a call that nobody has to heed any more has ended, and its message says so. */
export function withCallsHeeded(run: Run, nowMs: number): Run {
  const all = run.calls ?? []
  const heeded = all.filter((call) => !call.endedAt && !isOpen(run, call))
  if (heeded.length === 0) return run
  const calls = all.map((call) => (heeded.includes(call) ? { ...call, endedAt: isoOf(nowMs) } : call))
  return heeded.reduce<Run>((next, { id }) => withMessage(next, id), { ...run, calls })
}

/** Only the newest counts: what came after it tells how things stand now. */
function isOpen(run: Run, call: Call): boolean {
  if (call.id !== run.calls?.at(-1)?.id) return false
  if (call.kind === 'halted') return run.state === 'halted'
  return isResting(run) && run.phase === call.phase && !run.rollback && !run.endedAt && !openCard(run)
}
