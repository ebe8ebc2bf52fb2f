import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dayAfter } from '../kernel/days.ts'
import { latestSnooze, offeredSnooze } from './snooze.ts'

const TODAY = '2026-11-24'
const inDays = (days: number) => ({ day: dayAfter(TODAY, days), days })

test.each([
  ['no deadline', undefined, '2026-12-01', '2026-12-25'],
  ['a far deadline', inDays(60), '2026-12-01', '2026-12-25'],
  ['a deadline in ten days', inDays(10), '2026-12-01', '2026-12-03'],
  ['a deadline in three days', inDays(3), '2026-11-26', '2026-11-26'],
  ['a deadline tomorrow', inDays(1), null, '2026-11-24'],
  ['a deadline today', inDays(0), null, '2026-11-23'],
  ['a deadline that has passed', inDays(-2), '2026-12-01', '2026-12-25'],
])('%s', (_, deadline, offered, latest) => {
  expect(offeredSnooze(TODAY, deadline)).toBe(offered)
  expect(latestSnooze(TODAY, deadline)).toBe(latest)
})

test('what is offered lies after today and before a deadline that is ahead', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 90 }), (days) => {
      const day = offeredSnooze(TODAY, inDays(days))
      expect(day === null || (day > TODAY && day < inDays(days).day)).toBe(true)
    }),
  )
})
