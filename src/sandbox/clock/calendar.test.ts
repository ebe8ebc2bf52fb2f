import { expect, test } from '@jest/globals'
import { calendarTime, newCalendar } from './calendar.ts'

test('runs at its speed from where it stood, and two who know its state tell the same time', () => {
  let machine = 1000
  const calendar = newCalendar(50_000, () => machine)
  machine += 10
  expect(calendar.now()).toBe(50_010)
  calendar.setSpeed(3600)
  machine += 10
  expect(calendar.now()).toBe(86_010)
  expect(calendarTime(calendar.state(), machine)).toBe(86_010)
  calendar.setSpeed(0)
  machine += 500
  expect(calendar.now()).toBe(86_010)
})

test('says what it said at an earlier time of the machine, whatever its speed was then', () => {
  let machine = 1000
  const calendar = newCalendar(50_000, () => machine)
  machine += 10
  calendar.setSpeed(3600)
  machine += 10
  calendar.setSpeed(1)
  machine += 10
  expect([900, 1005, 1010, 1015, 1020, 1025].map(calendar.at)).toEqual([49_900, 50_005, 50_010, 68_010, 86_010, 86_015])
})

test('tells of each change of speed, until nobody listens; refuses to run backwards', () => {
  const calendar = newCalendar(0, () => 0)
  const speeds: number[] = []
  const end = calendar.listen(({ speed }) => speeds.push(speed))
  calendar.setSpeed(60)
  end()
  calendar.setSpeed(1)
  expect(speeds).toEqual([60])
  expect(() => calendar.setSpeed(-1)).toThrow('-1')
  expect(() => calendar.setSpeed(Number.NaN)).toThrow('NaN')
})
