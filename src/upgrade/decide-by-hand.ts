import { isoOf } from '../kernel/clock.ts'
import type { Run } from '../wire/run.ts'
import { decideAlarm, decideAlarmOver } from './decide-alarms.ts'
import type { Decided } from './decided.ts'
import { runMessage, withMessage } from './draft.ts'
import type { RunEvent } from './event.ts'
import { codedOf } from './event.ts'
import { isGoingBack, markedForBack, startBack } from './go-back.ts'
import { nothingToStop } from './nothing-to-stop.ts'
import { stoppedAlready } from './who-stopped.ts'

type ByHandEvent = Extract<RunEvent, { readonly kind: 'stop-by-hand' | 'rollback-by-hand' }>

/** One alarm for what was done from a terminal: it tells everybody who was not asked. */
export const BY_HAND_ALARM = 'by-hand'

/**
 * What somebody does from a terminal when chat, bot or Redis are away: no list is asked, because whoever can write the record
 * could do more with kubectl alone. It only stops or goes back, never forward; the audit is marked, and an alarm tells who
 * would have been asked.
 */
export function decideByHand(run: Run, event: ByHandEvent, nowMs: number): Decided {
  return event.kind === 'stop-by-hand' ? stop(run, event, nowMs) : rollBack(run, event, nowMs)
}

/** The alarm ends when a listed person lets the run go on: by then it is known. */
export function byHandIsKnown(run: Run, nowMs: number): Run {
  return decideAlarmOver(run, BY_HAND_ALARM, nowMs).run ?? run
}

function stop(run: Run, event: ByHandEvent, nowMs: number): Decided {
  const already = nothingToStop(run) ?? stoppedAlready(run)
  if (already) return { ok: false, refusal: already }
  const stopped = { ...run, stopped: { byHand: event.by.name, at: isoOf(nowMs) } }
  return alarmed(withMessage(stopped, runMessage(run)), event, 'STOPPED_BY_HAND', nowMs)
}

function rollBack(run: Run, event: ByHandEvent, nowMs: number): Decided {
  if (isGoingBack(run)) {
    return { ok: false, refusal: { code: 'ROLLING_BACK', facts: { phase: run.phase, at: run.rollback?.at } } }
  }
  const because = codedOf('ROLLBACK_BY_HAND', { ...event.by })
  const marked = markedForBack(run, { at: isoOf(nowMs), because }, nowMs)
  const told = alarmed(marked, event, 'ROLLBACK_BY_HAND', nowMs)
  return told.ok ? { ok: true, run: startBack(told.run, nowMs) } : told
}

function alarmed(run: Run, { id, by }: ByHandEvent, code: string, nowMs: number): Decided {
  return decideAlarm(run, { kind: 'alarm', id, key: BY_HAND_ALARM, what: codedOf(code, { ...by }) }, nowMs)
}
