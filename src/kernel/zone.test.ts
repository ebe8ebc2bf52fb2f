import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { isDay, parseWindow, type Window, type Windows } from './windows.ts'
import {
  addOpenHours,
  closedBecause,
  daysBetween,
  daysUntil,
  formatInZone,
  isZone,
  nextOpening,
  withinWindows,
} from './zone.ts'

const ZONE = 'Asia/Shanghai'
const HOUR = 3_600_000

function at(local: string, offset = '+08:00'): number {
  return Date.parse(`${local}:00${offset}`)
}

function window(text: string): Window {
  const parsed = parseWindow(text)
  if (!parsed) throw new Error(text)
  return parsed
}

const week: Windows = {
  allow: [window('Mon-Thu 10:00-16:00')],
  freeze: [{ from: '2026-12-20', to: '2027-01-03', why: 'year end' }],
}

describe('windows are read', () => {
  test.each<[string, Window]>([
    ['Mon-Thu 10:00-16:00', { days: [1, 2, 3, 4], from: 600, to: 960 }],
    ['sat,sun 8:00-24:00', { days: [6, 7], from: 480, to: 1440 }],
    ['Fri-Mon 22:00-02:00', { days: [1, 5, 6, 7], from: 1320, to: 120 }],
    ['10:00 - 16:30', { days: [1, 2, 3, 4, 5, 6, 7], from: 600, to: 990 }],
  ])('%s', (text, expected) => expect(parseWindow(text)).toEqual(expected))

  test.each([
    '',
    'Mon',
    'Mon-Thu',
    'Mon 10-16',
    'Mon 10:00-25:00',
    'Mon 10:60-11:00',
    'Moon 10:00-11:00',
    'Mon 10:00-10:00',
  ])('not: %s', (text) => expect(parseWindow(text)).toBeNull())

  test('days and zones', () => {
    expect(['2026-12-20', '2026-02-30', '2026-1-1', 'tomorrow'].map(isDay)).toEqual([true, false, false, false])
    expect(['Asia/Shanghai', 'UTC', 'Mars/Base', '+08:00', ''].map(isZone)).toEqual([true, true, false, false, false])
  })
})

describe('open or not', () => {
  test.each<[string, boolean]>([
    ['2026-11-23T10:00', true],
    ['2026-11-23T09:59', false],
    ['2026-11-23T15:59', true],
    ['2026-11-23T16:00', false],
    ['2026-11-27T12:00', false],
    ['2026-12-21T12:00', false],
    ['2027-01-04T12:00', true],
  ])('%s: %s', (time, open) => expect(withinWindows(week, at(time), ZONE)).toBe(open))

  test('no windows: always; only a freeze: all but that', () => {
    const only = { allow: [], freeze: week.freeze }
    expect(withinWindows({ allow: [], freeze: [] }, at('2026-11-28T03:00'), ZONE)).toBe(true)
    expect(withinWindows(only, at('2026-12-19T23:59'), ZONE)).toBe(true)
    expect(withinWindows(only, at('2026-12-20T00:00'), ZONE)).toBe(false)
    expect(nextOpening(only, at('2026-12-20T00:00'), ZONE)).toBe(at('2027-01-04T00:00'))
  })

  test('says why it is closed and when it opens', () => {
    expect(closedBecause(week, at('2026-11-23T12:00'), ZONE)).toBeNull()
    expect(closedBecause(week, at('2026-11-26T17:00'), ZONE)).toEqual({
      code: 'OUTSIDE_WINDOW',
      facts: { opens: '2026-11-30 10:00 Asia/Shanghai' },
    })
    expect(closedBecause(week, at('2026-12-22T12:00'), ZONE)).toEqual({
      code: 'FROZEN',
      facts: { why: 'year end', opens: '2027-01-04 10:00 Asia/Shanghai' },
    })
  })

  test('over midnight, and over the nights when clocks change', () => {
    const night = { allow: [window('Sat 22:00-04:00')], freeze: [] }
    expect(withinWindows(night, at('2026-11-29T03:59'), ZONE)).toBe(true)
    expect(withinWindows(night, at('2026-11-29T04:00'), ZONE)).toBe(false)
    // Berlin goes from 02:00 to 03:00 on 29 March 2026: the window is five hours long, not six.
    const opening = at('2026-03-28T22:00', '+01:00')
    expect(addOpenHours(night, opening, 5 * HOUR, 'Europe/Berlin')).toBe(at('2026-03-29T04:00', '+02:00'))
    expect(addOpenHours(night, opening, 5 * HOUR + 1, 'Europe/Berlin')).toBeGreaterThan(opening + 6 * 24 * HOUR)
  })
})

describe('hours inside windows', () => {
  test('an evening card expires days later', () => {
    expect(addOpenHours(week, at('2026-11-26T15:00'), 24 * HOUR, ZONE)).toBe(at('2026-12-03T15:00'))
    expect(addOpenHours({ allow: [], freeze: [] }, at('2026-11-26T15:00'), 24 * HOUR, ZONE)).toBe(
      at('2026-11-27T15:00'),
    )
  })

  test('windows that overlap count once', () => {
    const twice = { allow: [window('Mon 10:00-12:00'), window('Mon 11:00-13:00')], freeze: [] }
    expect(addOpenHours(twice, at('2026-11-23T10:00'), 3 * HOUR, ZONE)).toBe(at('2026-11-23T13:00'))
  })

  test('never open is null, not a wait for ever', () => {
    const never = { allow: [], freeze: [{ from: '2026-01-01', to: '2036-01-01', why: 'moved house' }] }
    expect(nextOpening(never, at('2026-11-23T10:00'), ZONE)).toBeNull()
    expect(addOpenHours(never, at('2026-11-23T10:00'), 1, ZONE)).toBeNull()
  })

  test('are never fewer than hours of the clock, and the moment is inside or at the end of a window', () => {
    const times = fc.integer({ min: at('2026-01-01T00:00'), max: at('2026-12-01T00:00') })
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 40 * HOUR }), (now, open) => {
        const end = addOpenHours(week, now, open, ZONE) ?? 0
        return end >= now + open && withinWindows(week, end - 1, ZONE)
      }),
      { numRuns: 60 },
    )
  })
})

test('a time in a zone', () =>
  expect(formatInZone(at('2026-11-24T10:05'), ZONE)).toBe('2026-11-24 10:05 Asia/Shanghai'))

test.each([
  ['on it', '2026-11-24T23:59', '2026-11-24', 0],
  ['over the end of a year', '2026-12-30T12:00', '2027-01-02', 3],
  ['after it', '2026-11-25T00:01', '2026-11-24', -1],
])('days until a day: %s', (_, from, day, days) => expect(daysUntil(at(from), day, ZONE)).toBe(days))

test.each([
  ['the same day', '2026-11-24T00:00', '2026-11-24T23:59', 0],
  ['a minute later, after midnight', '2026-11-24T23:59', '2026-11-25T00:00', 1],
  ['over the end of a year', '2026-12-30T12:00', '2027-01-02T01:00', 3],
  ['backwards', '2026-11-24T00:01', '2026-11-22T23:00', -2],
])('days between two moments: %s', (_, from, to, days) => expect(daysBetween(at(from), at(to), ZONE)).toBe(days))
