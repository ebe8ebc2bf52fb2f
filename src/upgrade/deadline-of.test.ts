import { describe, expect, test } from '@jest/globals'
import { after, installed, rehearsed, retired, switched, switching } from '../../test/support/played-run.ts'
import { aClick, MEI, T0 } from '../../test/support/run-builders.ts'
import { run as schema, type Run } from '../wire/run.ts'
import { deadlineOf } from './deadline-of.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MONTH_MS = 28 * DAY_MS

function away(run: Run, nowMs: number, zone = 'UTC', afterMs: number | undefined = MONTH_MS) {
  return deadlineOf(run, afterMs, nowMs, zone)
}

describe('until when teams are asked', () => {
  test('counts from the proof of the switch, also while the retirement is rehearsed', () => {
    expect(away(switched(), T0)).toEqual({ day: '2026-03-30', days: 28 })
    expect(away(rehearsed(), T0)).toEqual({ day: '2026-03-30', days: 28 })
  })

  test.each([
    ['the same evening', T0 + 13 * HOUR_MS, 28],
    ['after midnight', T0 + 14 * HOUR_MS, 27],
    ['on the day, before its hour', T0 + MONTH_MS - HOUR_MS, 0],
    ['on the day, after its hour: a day is over when it is', T0 + MONTH_MS + 13 * HOUR_MS, 0],
    ['three days later', T0 + MONTH_MS + 3 * DAY_MS, -3],
  ] as const)('is a whole day: %s', (_, nowMs, days) => {
    expect(away(switched(), nowMs)).toEqual({ day: '2026-03-30', days })
  })

  test('is the day that it is in the zone', () => {
    expect(away(switched(), T0, 'Pacific/Kiritimati')).toEqual({ day: '2026-03-31', days: 28 })
    // Clocks go forward in between: it is one hour later by them, on the same day.
    expect(away(switched(), T0, 'Europe/Berlin')).toEqual({ day: '2026-03-30', days: 28 })
  })

  test('follows the file: another length counts from the same moment', () => {
    expect(away(switched(), T0, 'UTC', 2 * DAY_MS)).toEqual({ day: '2026-03-04', days: 2 })
  })

  test('is known of a record that was written before there were deadlines', () => {
    expect(away(schema.parse(JSON.parse(JSON.stringify(switched()))), T0)?.day).toBe('2026-03-30')
  })

  test('is the day that the upgrade was asked for with, whatever the file says, from the switch on', () => {
    const by = (run: Run): Run => ({ ...run, plan: { ...run.plan, by: '2026-03-05' } })
    expect(away(by(switched()), T0)).toEqual({ day: '2026-03-05', days: 3 })
    expect(deadlineOf(by(switched()), undefined, T0 + 5 * DAY_MS, 'UTC')).toEqual({ day: '2026-03-05', days: -2 })
    expect(away(by(installed()), T0)).toBeNull()
    const late = (run: Run): Run => ({ ...run, plan: { ...run.plan, by: '2026-03-01' } })
    expect(away(late(switched()), T0)?.day).toBe('2026-03-30')
    expect(deadlineOf(late(switched()), undefined, T0, 'UTC')).toBeNull()
    // What is yesterday in the one zone is today in the other.
    expect(away(late(switched()), T0, 'Pacific/Pago_Pago')).toEqual({ day: '2026-03-01', days: 0 })
  })

  test('is none without a setting, before the switch is proven, after the retirement and on the way back', () => {
    const back = after(switched(), { kind: 'rollback', click: aClick(MEI), reason: '' })
    expect(deadlineOf(switched(), undefined, T0, 'UTC')).toBeNull()
    for (const run of [installed(), switching(), retired(), back, { ...back, state: 'returning' as const }]) {
      expect(away(run, T0)).toBeNull()
    }
  })
})
