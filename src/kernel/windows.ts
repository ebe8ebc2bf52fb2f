import { Temporal } from 'temporal-polyfill'

/** Days 1 (Monday) to 7 and minutes after local midnight; `to` at or before `from` means the next morning. */
export type Window = { readonly days: readonly number[]; readonly from: number; readonly to: number }

/** Whole local days, both included, as `2026-12-20`. */
export type Freeze = { readonly from: string; readonly to: string; readonly why: string }

/** No `allow` at all means always; a freeze closes whatever is open. */
export type Windows = { readonly allow: readonly Window[]; readonly freeze: readonly Freeze[] }

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const DAY_MINUTES = 24 * 60

/** `Mon-Thu 10:00-16:00`, `Sat,Sun 08:00-24:00`, `Fri 22:00-02:00`, `10:00-16:00` (every day); null for anything else. */
export function parseWindow(text: string): Window | null {
  const match = /^(?:([A-Za-z,-]+)\s+)?(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/.exec(text.trim())
  if (!match) return null
  const days = match[1] === undefined ? [1, 2, 3, 4, 5, 6, 7] : parseDays(match[1])
  const [from, to] = [parseMinute(match[2] ?? ''), parseMinute(match[3] ?? '')]
  if (!days || from === null || to === null || from === to || from === DAY_MINUTES) return null
  return { days, from, to }
}

/** True for a day that the calendar has, written `2026-12-20`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text
  } catch {
    return false
  }
}

/** `10:00-18:00`, without the days; `to` of midnight is 24:00. */
export function hoursText({ from, to }: Window): string {
  const clock = (minute: number): string =>
    `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return `${clock(from)}-${clock(to)}`
}

/** Minutes after local midnight of `21:00`; null for anything that no clock shows. */
export function minuteOfDay(text: string): number | null {
  const minute = /^\d{1,2}:\d{2}$/.test(text) ? parseMinute(text) : null
  return minute === DAY_MINUTES ? null : minute
}

function parseDays(text: string): readonly number[] | null {
  const days = text.split(',').map(parseDayRange)
  return days.includes(null) ? null : [...new Set(days.flatMap((range) => range ?? []))].sort((a, b) => a - b)
}

/** `Fri-Mon` goes round the end of the week. */
function parseDayRange(text: string): readonly number[] | null {
  const ends = text.split('-').map((day) => DAYS.findIndex((name) => name.toLowerCase() === day.toLowerCase()))
  const [first = -1, last = first] = ends
  if (ends.length > 2 || first < 0 || last < 0) return null
  const length = ((last - first + 7) % 7) + 1
  return Array.from({ length }, (_, i) => ((first + i) % 7) + 1)
}

function parseMinute(text: string): number | null {
  const [hour = 0, minute = 0] = text.split(':').map(Number)
  const all = hour * 60 + minute
  return minute < 60 && all <= DAY_MINUTES ? all : null
}
