import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dayAfter, weekdayOf } from '../kernel/days.ts'
import { latestSnooze, offeredDays } from './snooze.ts'

/** A Tuesday. */
const TODAY = '2026-11-24'
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]
const inDays = (days: number) => ({ day: dayAfter(TODAY, days), days })
const SOON = ['2026-11-25', '2026-11-27', '2026-12-01', '2026-12-08']

test.each([
  ['no deadline', undefined, SOON, '2026-12-25'],
  ['a far deadline', inDays(60), SOON, '2026-12-25'],
  ['a deadline in ten days', inDays(10), ['2026-11-25', '2026-11-27', '2026-12-01', '2026-12-03'], '2026-12-03'],
  ['a deadline in three days', inDays(3), ['2026-11-25', '2026-11-26'], '2026-11-26'],
  ['a deadline tomorrow', inDays(1), [], '2026-11-24'],
  ['a deadline today', inDays(0), [], '2026-11-23'],
  ['a deadline that has passed', inDays(-2), SOON, '2026-12-25'],
])('%s', (_, deadline, offered, latest) => {
  expect(offeredDays(TODAY, deadline, EVERY_DAY)).toEqual(offered)
  expect(latestSnooze(TODAY, deadline)).toBe(latest)
})

test('a day on which no reminder leaves is none to offer', () => {
  expect(offeredDays(TODAY, inDays(12), [1, 3])).toEqual(['2026-11-25', '2026-11-30', '2026-12-02'])
})

test('what is offered lies after today, before a deadline that is ahead, and on a working day, soonest first', () => {
  const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 }), weekdays, (days, working) => {
      const offered = offeredDays(TODAY, inDays(days), working)
      expect(offered).toEqual([...new Set(offered)].toSorted())
      for (const day of offered) {
        expect(day > TODAY && day < inDays(days).day && working.includes(weekdayOf(day))).toBe(true)
      }
    }),
  )
})
