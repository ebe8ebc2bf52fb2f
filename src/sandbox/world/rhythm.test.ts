import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dayIn, formatInZone } from '../../kernel/zone.ts'
import type { Rhythm } from './plan.ts'
import { cronOf, lastRun, nextAct, nextDrain, nextScale } from './rhythm.ts'

const at = (text: string): number => Date.parse(text)
const workload = (rhythm: Rhythm, zone = 'Asia/Shanghai', name = 'payments-api') => {
  return { namespace: 'payments', name, zone, rhythm }
}

/** The next so many acts from a moment on, as `Tue 10:15` of the zone. */
function days(rhythm: Rhythm, from: string, count: number): string[] {
  const found: string[] = []
  let moment = at(from)
  for (let act = 0; act < count; act += 1) {
    moment = nextAct(workload(rhythm), moment) ?? Number.NaN
    found.push(dayIn(moment, 'Asia/Shanghai').slice(5))
  }
  return found
}

describe('when a team deploys', () => {
  test('daily: each working day once, none at the weekend', () => {
    // 2026-12-04 was a Friday.
    expect(days({ kind: 'daily' }, '2026-12-02T16:00:00Z', 4)).toEqual(['12-03', '12-04', '12-07', '12-08'])
  })

  test('weekly: on its weekday', () => {
    expect(days({ kind: 'weekly', weekday: 2 }, '2026-12-02T00:00:00Z', 3)).toEqual(['12-08', '12-15', '12-22'])
  })

  test('every third working day goes over the weekend', () => {
    const found = days({ kind: 'everyDays', days: 3 }, '2026-12-01T00:00:00Z', 6)
    const gaps = found.slice(1).map((day, index) => {
      return (at(`2026-${day}T00:00Z`) - at(`2026-${found[index]}T00:00Z`)) / 86_400_000
    })
    expect(gaps.every((gap) => gap === 3 || gap === 5)).toBe(true)
    expect(gaps).toContain(5)
  })

  test('never means never by itself', () => {
    expect(nextAct(workload({ kind: 'never' }), at('2026-12-01T00:00:00Z'))).toBeNull()
  })

  const rhythms = fc.oneof(
    fc.constant<Rhythm>({ kind: 'daily' }),
    fc.integer({ min: 1, max: 5 }).map((weekday): Rhythm => ({ kind: 'weekly', weekday })),
    fc.integer({ min: 2, max: 6 }).map((count): Rhythm => ({ kind: 'everyDays', days: count })),
  )
  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York')
  const moments = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') })

  test('is always later, on a working day in working hours of its zone, and asked from before it is the same', () => {
    fc.assert(
      fc.property(rhythms, zones, moments, fc.string(), (rhythm, zone, after, name) => {
        const one = workload(rhythm, zone, name)
        const act = nextAct(one, after) ?? Number.NaN
        expect(act).toBeGreaterThan(after)
        const [day = '', time = ''] = formatInZone(act, zone).split(' ')
        expect([0, 6]).not.toContain(new Date(`${day}T00:00:00Z`).getUTCDay())
        expect(time >= '09:30' && time <= '17:30').toBe(true)
        expect(nextAct(one, act - 1)).toBe(act)
        expect(nextAct(one, Math.floor((after + act) / 2))).toBe(act)
      }),
      { numRuns: 60 },
    )
  })
})

test('a workload with a daily peak grows at eleven and shrinks at eight, local time', () => {
  const web = { zone: 'Europe/Berlin', replicas: 4, dailyPeak: 2 }
  expect(nextScale(web, at('2026-12-01T08:00:00Z'))).toEqual({ at: at('2026-12-01T10:00:00Z'), replicas: 6 })
  expect(nextScale(web, at('2026-12-01T10:00:00Z'))).toEqual({ at: at('2026-12-01T19:00:00Z'), replicas: 4 })
  expect(nextScale({ ...web, dailyPeak: null }, 0)).toBeNull()
})

test('nodes are drained in turn', () => {
  const plan = { nodes: ['a', 'b'], drainEveryDays: 6 }
  const first = nextDrain(plan, at('2026-12-01T00:00:00Z'))
  const second = nextDrain(plan, first?.at ?? 0)
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(6 * 86_400_000)
  expect(new Set([first?.node, second?.node])).toEqual(new Set(['a', 'b']))
  expect(nextDrain({ ...plan, drainEveryDays: null }, 0)).toBeNull()
})

test('a CronJob has run at its last hour', () => {
  const now = at('2026-12-01T05:30:00Z')
  expect(lastRun({ hour: 3, everyHours: 24 }, now)).toBe(at('2026-12-01T03:00:00Z'))
  expect(lastRun({ hour: 6, everyHours: 24 }, now)).toBe(at('2026-11-30T06:00:00Z'))
  expect(lastRun({ hour: 1, everyHours: 6 }, now)).toBe(at('2026-12-01T01:00:00Z'))
  expect(cronOf({ hour: 1, everyHours: 6 })).toBe('0 1,7,13,19 * * *')
  expect(cronOf({ hour: 3, everyHours: 24 })).toBe('0 3 * * *')
})
