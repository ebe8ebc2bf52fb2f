import { Temporal } from 'temporal-polyfill'
import type { Refusal } from './errors.ts'
import type { Freeze, Window, Windows } from './windows.ts'

/** The only file that knows time zones. Times in and out are epoch ms; a zone is an IANA name such as `Asia/Shanghai`. */
type Interval = { readonly start: number; readonly end: number }

/** Beyond this nothing opens: a freeze of more than a year is a mistake that must not hang anybody. */
const HORIZON_DAYS = 400

export function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return /^[A-Za-z]/.test(zone)
  } catch {
    return false
  }
}

export function withinWindows(windows: Windows, nowMs: number, zone: string): boolean {
  return nextOpening(windows, nowMs, zone) === nowMs
}

/** The first moment from now on that is open (now itself, when it is), or null when none is within 400 days. */
export function nextOpening(windows: Windows, nowMs: number, zone: string): number | null {
  for (const { start, end } of openIntervals(windows, nowMs, zone)) {
    if (end > nowMs) return Math.max(start, nowMs)
  }
  return null
}

/** When so many open milliseconds have passed since now, or null when that is not within 400 days: expiry counts these. */
export function addOpenHours(windows: Windows, nowMs: number, openMs: number, zone: string): number | null {
  let left = openMs
  for (const interval of openIntervals(windows, nowMs, zone)) {
    const start = Math.max(interval.start, nowMs)
    if (interval.end <= start) continue
    if (start + left <= interval.end) return start + left
    left -= interval.end - start
  }
  return null
}

/** Why now is no time to begin: FROZEN {why, opens} or OUTSIDE_WINDOW {opens}, with `opens` as a person reads it; else null. */
export function closedBecause(windows: Windows, nowMs: number, zone: string): Refusal | null {
  const opening = nextOpening(windows, nowMs, zone)
  if (opening === nowMs) return null
  const opens = opening === null ? '' : formatInZone(opening, zone)
  const today = dayOf(nowMs, zone).toString()
  const frozen = windows.freeze.find(({ from, to }) => from <= today && today <= to)
  return frozen ? { code: 'FROZEN', facts: { why: frozen.why, opens } } : { code: 'OUTSIDE_WINDOW', facts: { opens } }
}

/** `2026-11-24`: the calendar day in a zone. */
export function dayIn(epochMs: number, zone: string): string {
  return dayOf(epochMs, zone).toString()
}

/** How many calendar days of a zone lie between two moments: 0 on the same day, negative where the second is of an earlier one. */
export function daysBetween(fromMs: number, toMs: number, zone: string): number {
  return dayOf(fromMs, zone).until(dayOf(toMs, zone), { largestUnit: 'days' }).days
}

/** How many calendar days of a zone lie between a moment and a day, `2026-11-24`: 0 on it, negative after it. */
export function daysUntil(nowMs: number, day: string, zone: string): number {
  return dayOf(nowMs, zone).until(Temporal.PlainDate.from(day), { largestUnit: 'days' }).days
}

/** The last moment up to now at which it was `minute` (of the day) in a zone: today's, else yesterday's; epoch ms. */
export function lastMomentAt(nowMs: number, minute: number, zone: string): number {
  const today = dayOf(nowMs, zone)
  const moment = momentOf(today, minute, zone)
  return moment <= nowMs ? moment : momentOf(today.subtract({ days: 1 }), minute, zone)
}

/** The moment at `minute` (of the day) in a zone on the day after this one; epoch ms. */
export function nextDayAt(epochMs: number, minute: number, zone: string): number {
  return momentOf(dayOf(epochMs, zone).add({ days: 1 }), minute, zone)
}

/** The same wall time of a zone so many calendar days later: 23, 24 or 25 hours a day; epoch ms. */
export function daysLater(epochMs: number, days: number, zone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).add({ days }).epochMilliseconds
}

/** `2026-11-24 10:00 Asia/Shanghai`: the same in every language. */
export function formatInZone(epochMs: number, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDateTime()
  return `${local.toString({ smallestUnit: 'minute' }).replace('T', ' ')} ${zone}`
}

/** Open intervals that end after the day before now, in order and apart from each other. */
function* openIntervals(windows: Windows, nowMs: number, zone: string): Generator<Interval> {
  const first = dayOf(nowMs, zone).subtract({ days: 1 })
  const closed = windows.freeze.map((freeze) => frozenInterval(freeze, zone))
  let reached = 0
  for (let i = 0; i < HORIZON_DAYS; i += 1) {
    for (const open of openOn(first.add({ days: i }), windows.allow, zone)) {
      for (const { start, end } of without({ start: Math.max(open.start, reached), end: open.end }, closed)) {
        yield { start, end }
      }
      reached = Math.max(reached, open.end)
    }
  }
}

function openOn(day: Temporal.PlainDate, allow: readonly Window[], zone: string): readonly Interval[] {
  if (allow.length === 0) return [{ start: momentOf(day, 0, zone), end: momentOf(day, 24 * 60, zone) }]
  return allow
    .filter(({ days }) => days.includes(day.dayOfWeek))
    .map(({ from, to }) => {
      const end = to > from ? momentOf(day, to, zone) : momentOf(day.add({ days: 1 }), to, zone)
      return { start: momentOf(day, from, zone), end }
    })
    .sort((a, b) => a.start - b.start)
}

/** What is left of an interval when these are cut out of it. */
function without(open: Interval, closed: readonly Interval[]): readonly Interval[] {
  const left = closed.reduce<readonly Interval[]>(
    (parts, cut) =>
      parts
        .flatMap(({ start, end }) => [
          { start, end: Math.min(end, cut.start) },
          { start: Math.max(start, cut.end), end },
        ])
        .filter(({ start, end }) => start < end),
    [open],
  )
  return left.filter(({ start, end }) => start < end)
}

function frozenInterval({ from, to }: Freeze, zone: string): Interval {
  return {
    start: momentOf(Temporal.PlainDate.from(from), 0, zone),
    end: momentOf(Temporal.PlainDate.from(to), 24 * 60, zone),
  }
}

/** A wall time that the clocks skip or repeat is read as Temporal does: the later, or the first of both. */
function momentOf(day: Temporal.PlainDate, minute: number, zone: string): number {
  const date = minute === 24 * 60 ? day.add({ days: 1 }) : day
  const plainTime = { hour: Math.floor((minute % (24 * 60)) / 60), minute: minute % 60 }
  return date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds
}

function dayOf(epochMs: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone).toPlainDate()
}
