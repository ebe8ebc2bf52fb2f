import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dayAfter } from '../kernel/days.ts'
import { forecastOf } from './forecast.ts'

const TODAY = '2026-11-24'

/** Looks of the days before today, the last number is today's. */
function looks(...old: readonly number[]) {
  const all = old.map((one, index) => ({ day: dayAfter(TODAY, index - old.length + 1), old: one }))
  return [all.slice(0, -1), all.at(-1) ?? { day: TODAY, old: 0 }] as const
}

describe('the forecast', () => {
  test.each([
    ['ten a day', looks(60, 50, 40, 30), { day: '2026-11-27', over: 3, moved: 30 }],
    ['half a pod a day is rounded up', looks(5, 5, 4), { day: '2026-12-02', over: 2, moved: 1 }],
    ['a weekend without a deploy', looks(70, 60, 60, 60, 50, 40, 30, 20), { day: '2026-11-27', over: 7, moved: 50 }],
    ['only the last week counts', looks(900, 20, 19, 18, 17, 16, 15, 14, 13), { day: '2026-12-07', over: 7, moved: 7 }],
  ])('%s', (_, [days, today], expected) => {
    expect(forecastOf(days, today)).toEqual(expected)
  })

  test.each([
    ['two looks are no pace', looks(60, 50)],
    ['nothing moved', looks(50, 50, 50)],
    ['more than before: somebody scaled out', looks(50, 50, 60)],
    ['more than a year to go', looks(5000, 5000, 4999)],
    ['nobody is left', looks(10, 5, 0)],
    ['no look at all', looks(40)],
  ])('is not made: %s', (_, [days, today]) => {
    expect(forecastOf(days, today)).toBeNull()
  })

  test('lies after today and within a year, whatever the days say', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { minLength: 1, maxLength: 20 }), (old) => {
        const forecast = forecastOf(...looks(...old))
        expect(forecast === null || (forecast.day > TODAY && forecast.day <= '2027-11-24')).toBe(true)
      }),
    )
  })
})
