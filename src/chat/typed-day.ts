import { isoOf } from '../kernel/clock.ts'
import { isDay } from '../kernel/windows.ts'

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const FORMS = [
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/,
  /^(?<day>\d{1,2})(?:st|nd|rd|th)? (?<name>[a-z]{3,9})(?: (?<year>\d{4}))?$/,
  /^(?<name>[a-z]{3,9}) (?<day>\d{1,2})(?:st|nd|rd|th)?(?: (?<year>\d{4}))?$/,
  /^在?(?:(?<year>\d{4})年)?(?<month>\d{1,2})月(?<day>\d{1,2})[日号]?(?:之?前)?$/,
]
const LONGEST = 3
const DAY_MS = 86_400_000

type Day = { readonly year: string | undefined; readonly month: number; readonly day: number }

/** How many of the first words are one day, as it is written: `2026-12-04`, `4 Dec`, `Dec 4th 2026`, `12月4日前`; 0 where they are none. */
export function wordsOfDay(words: readonly string[]): number {
  const counts = Array.from({ length: LONGEST }, (_, index) => LONGEST - index)
  return counts.find((count) => count <= words.length && partsOf(words.slice(0, count).join(' '))) ?? 0
}

/** In Chinese a day says itself that it is one, without a word before it. */
export function isHanDay(word: string): boolean {
  return word.includes('月') && partsOf(word) !== null
}

/**
 * `2026-12-04` of a day as it was typed; null for what the calendar does not have. Without a year the next such day is meant. The day before
 * today in UTC may still be today where the reader is: it is not taken for one in a year, the worker knows its zone.
 */
export function dayOf(typed: string, nowMs: number): string | null {
  const parts = partsOf(typed)
  if (!parts) return null
  if (parts.year !== undefined) return written(parts, Number(parts.year))
  const yesterday = isoOf(nowMs - DAY_MS).slice(0, 10)
  const thisYear = Number(yesterday.slice(0, 4))
  const days = [thisYear, thisYear + 1].map((year) => written(parts, year))
  return days.find((day) => day !== null && day >= yesterday) ?? null
}

function partsOf(typed: string): Day | null {
  const found = FORMS.map((form) => form.exec(typed.toLowerCase())?.groups).find((groups) => groups !== undefined)
  if (!found) return null
  const { year, month, name, day } = found
  const number = name === undefined ? Number(month) : MONTHS.findIndex((each) => each.startsWith(name)) + 1
  return number === 0 ? null : { year, month: number, day: Number(day) }
}

function written({ month, day }: Day, year: number): string | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  return isDay(text) ? text : null
}
