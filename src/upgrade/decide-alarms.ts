import { isoOf } from '../kernel/clock.ts'
import type { Run } from '../wire/run.ts'
import type { Decided } from './decided.ts'
import { withAudit, withMessage } from './draft.ts'
import type { RunEvent, Settled } from './event.ts'
import { codedOf } from './event.ts'
import { busyStep } from './step-order.ts'

type Alarm = Extract<RunEvent, { kind: 'alarm' }>

/**
 * One open alarm per key: a drift that lasts is not told every five seconds. Its message is brought up to date when it reaches
 * classes that it didn't name.
 */
export function decideAlarm(run: Run, event: Alarm, nowMs: number): Decided {
  const open = run.alarms.find((alarm) => alarm.key === event.key && !alarm.endedAt)
  if (open && !namesMore(event, open)) return { ok: true, run }
  const alarm = open
    ? { ...open, what: event.what }
    : { id: event.id, key: event.key, what: event.what, at: isoOf(nowMs) }
  const alarms = open ? run.alarms.map((each) => (each === open ? alarm : each)) : [...run.alarms, alarm]
  return { ok: true, run: withMessage(withAudit({ ...run, alarms }, event.what, nowMs), alarm.id) }
}

function namesMore({ what }: Alarm, { what: known }: Run['alarms'][number]): boolean {
  const before = [known.facts['class']].flat()
  return [what.facts['class']].flat().some((name) => !before.includes(name))
}

/** Only while no step is at work: the end of a step says by itself how it left things. */
export function decideSettled(run: Run, fields: Readonly<Record<string, string>>): Decided {
  return { ok: true, run: busyStep(run) ? run : { ...run, settled: { ...fields } } }
}

/** The run after a step that ended, with the fields as it left them; without them where they could not be read. */
export function settledAfter(decided: Decided, settled: Settled | undefined): Decided {
  if (!decided.ok || settled === undefined) return decided
  const { settled: _, ...rest } = decided.run
  return { ok: true, run: settled === null ? rest : { ...rest, settled: { ...settled } } }
}

export function decideAlarmOver(run: Run, key: string, nowMs: number): Decided {
  const open = run.alarms.find((alarm) => alarm.key === key && !alarm.endedAt)
  if (!open) return { ok: true, run }
  const alarms = run.alarms.map((alarm) => (alarm === open ? { ...alarm, endedAt: isoOf(nowMs) } : alarm))
  const what = codedOf('ALARM_OVER', { what: open.what.code })
  return { ok: true, run: withMessage(withAudit({ ...run, alarms }, what, nowMs), open.id) }
}
