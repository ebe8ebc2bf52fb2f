import { dayAfter, daysApart } from '../kernel/days.ts'
import type { Forecast } from '../wire/census.ts'

/** The week before today: one of each weekday, since nobody deploys on a Sunday. */
const WEEK = 7
/** Fewer looks than this are a coincidence. */
const POINTS = 3
/** Further away it says only that hardly anything moves. */
const HORIZON = 365

type Left = { readonly day: string; readonly old: number }

/**
 * When the last pod would move if the next weeks went like the last one; null where the looks of a week say nothing of that: fewer
 * than three, nothing that moved, more than a year to go, or nothing left. `days` are those before today, oldest first.
 */
export function forecastOf(days: readonly Left[], today: Left): Forecast | null {
  const week = days.filter(({ day }) => day < today.day && daysApart(day, today.day) <= WEEK)
  const [first] = week
  if (!first || week.length + 1 < POINTS || today.old === 0) return null
  const over = daysApart(first.day, today.day)
  const perDay = (first.old - today.old) / over
  if (perDay <= 0 || today.old / perDay > HORIZON) return null
  return { day: dayAfter(today.day, Math.ceil(today.old / perDay)), over, moved: first.old - today.old }
}
