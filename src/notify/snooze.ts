import { dayAfter } from '../kernel/days.ts'
import type { Deadline } from '../wire/census.ts'

/** So many days later a reminder is offered again, and so many at most: the upgrade may be over by then. */
const OFFERED = 7
const MOST = 31

/** The last day for which a team may put off a reminder: the one before its deadline, while that lies ahead. Days of its own zone. */
export function latestSnooze(today: string, deadline: Deadline | undefined): string {
  const most = dayAfter(today, MOST)
  if (!deadline || deadline.days < 0) return most
  const before = dayAfter(deadline.day, -1)
  return before < most ? before : most
}

/** The day that a reminder offers; null where there is none left before the deadline. */
export function offeredSnooze(today: string, deadline: Deadline | undefined): string | null {
  const [week, latest] = [dayAfter(today, OFFERED), latestSnooze(today, deadline)]
  const day = week < latest ? week : latest
  return day > today ? day : null
}
