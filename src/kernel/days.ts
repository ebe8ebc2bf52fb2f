import { Temporal } from 'temporal-polyfill'

/** Days of a calendar, as `2026-11-24`, without a time of day and so without a zone. */

/** How many days the second is after the first; negative where it is before. */
export function daysApart(first: string, second: string): number {
  return Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(second), { largestUnit: 'days' }).days
}

export function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString()
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return Temporal.PlainDate.from(day).dayOfWeek
}
