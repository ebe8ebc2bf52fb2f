import { isoOf } from '../kernel/clock.ts'
import type { Run } from '../wire/run.ts'
import type { Decided } from './decided.ts'
import { withAudit, withMessage } from './draft.ts'
import type { RunEvent } from './event.ts'
import { codedOf } from './event.ts'

type Alarm = Extract<RunEvent, { kind: 'alarm' }>

/** One open alarm per key: a drift that lasts is not told every five seconds. */
export function decideAlarm(run: Run, event: Alarm, nowMs: number): Decided {
  if (run.alarms.some((alarm) => alarm.key === event.key && !alarm.endedAt)) return { ok: true, run }
  const alarm = { id: event.id, key: event.key, what: event.what, at: isoOf(nowMs) }
  const raised = { ...run, alarms: [...run.alarms, alarm] }
  return { ok: true, run: withMessage(withAudit(raised, event.what, nowMs), event.id) }
}

export function decideAlarmOver(run: Run, key: string, nowMs: number): Decided {
  const open = run.alarms.find((alarm) => alarm.key === key && !alarm.endedAt)
  if (!open) return { ok: true, run }
  const alarms = run.alarms.map((alarm) => (alarm === open ? { ...alarm, endedAt: isoOf(nowMs) } : alarm))
  const what = codedOf('ALARM_OVER', { what: open.what.code })
  return { ok: true, run: withMessage(withAudit({ ...run, alarms }, what, nowMs), open.id) }
}
