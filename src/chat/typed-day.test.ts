import { describe, expect, test } from '@jest/globals'
import { dayOf, isHanDay, wordsOfDay } from './typed-day.ts'

const NOW = Date.parse('2026-11-24T09:00:00Z')

describe('dayOf', () => {
  test.each([
    ['2026-12-04', '2026-12-04'],
    ['4 Dec', '2026-12-04'],
    ['4th december', '2026-12-04'],
    ['Dec 4', '2026-12-04'],
    ['December 4th 2027', '2027-12-04'],
    ['12月4日', '2026-12-04'],
    ['12月4号前', '2026-12-04'],
    ['在2027年2月1日之前', '2027-02-01'],
    ['4 Sept', '2027-09-04'],
    ['24 Nov', '2026-11-24'],
    ['23 Nov', '2026-11-23'],
    ['22 Nov', '2027-11-22'],
    ['30 Feb', null],
    ['2026-02-30', null],
    ['29 Feb', null],
    ['2026-12-4', null],
    ['4 Dez', null],
    ['4 De', null],
    ['friday', null],
  ])('“%s” is %j', (typed, day) => {
    expect(dayOf(typed, NOW)).toBe(day)
  })
})

test.each([
  [['4', 'Dec', '2026', 'x'], 3],
  [['4', 'Dec', 'prod-a'], 2],
  [['45', 'dec'], 2],
  [['2026-12-04', 'prod-a'], 1],
  [['12月4日'], 1],
  [['friday', '4'], 0],
  [['1.31.0'], 0],
  [[], 0],
])('%j begins with a day of %i words', (words, count) => {
  expect(wordsOfDay(words)).toBe(count)
})

test('a day in Chinese is one without a word before it', () => {
  expect(['12月4日前', '2026年12月4日', '2026-12-04', '4'].map(isHanDay)).toEqual([true, true, false, false])
})
