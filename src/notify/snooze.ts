import { dayAfter, weekdayOf } from '../kernel/days.ts'
import type { Deadline } from '../wire/census.ts'

/** So many days later a reminder is offered again. */
const OFFERED = [1, 3, 7, 14]
/** And so many at most: the upgrade may be over by then. */
const MOST = 31

/** The last day for which a team may put off a reminder: the one before its deadline, while that lies ahead. Days of its own zone. */
export function latestSnooze(today: string, deadline: Deadline | undefined): string {
  const most = dayAfter(today, MOST)
  if (!deadline || deadline.days < 0) return most
  const before = dayAfter(deadline.day, -1)
  return before < most ? before : most
}

/**
 * The days that a reminder offers, soonest first: only those on which reminders leave (`weekdays`, 1 is Monday), the last of them
 * right before the deadline where that is near; none where there is no such day before it.
 */
export function offeredDays(today: string, deadline: Deadline | undefined, weekdays: readonly number[]): string[] {
  const latest = latestSnooze(today, deadline)
  const leaves = (day: string): boolean => weekdays.includes(weekdayOf(day))
  const ahead = Array.from({ length: MOST }, (_, index) => dayAfter(today, index + 1))
  const open = ahead.filter((day) => day <= latest && leaves(day))
  const days = OFFERED.map((n) => open.find((day) => day >= dayAfter(today, n)) ?? open.at(-1))
  return [...new Set(days.filter((day) => day !== undefined))]
}
