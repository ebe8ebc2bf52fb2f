import { cut, lengthOf, LIMITS } from './limits.ts'

const MINUTE = /\d{4}-\d\d-\d\d \d\d:\d\d UTC/g
/** A day by itself: no part of a longer word, version, path or time. */
const DAY = /(?<![\w./:^-])\d{4}-\d\d-\d\d(?![\w/-]|:\S|\.\w| \d\d:\d\d)/g
/** At this hour of UTC it is the same day in every zone from -10 to +13: everybody reads the day that is meant. */
const HOUR_OF_DAYS = 10

/**
 * Plain text as Slack mrkdwn: `& < >` escaped, so that no name can mention a channel or fake a link (docs.slack.dev,
 * formatting message text), and the times and days that `words` writes shown in each reader's own zone and manner. What stands in
 * backticks stays as it is: it is there to be typed.
 */
export function mrkdwn(text: string): string {
  return escaped(text)
    .split(/(`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : dated(part)))
    .join('')
}

function dated(text: string): string {
  return datedParts(text)
    .map((part) => (typeof part === 'string' ? part : token(part)))
    .join('')
}

/** A time or day as `words` writes it: shown in each reader's own zone and manner, `fallback` where that can't be. */
export type DatedPart = { readonly ms: number; readonly format: string; readonly fallback: string }

/** Plain text, cut at the times and days in it. */
export function datedParts(text: string): readonly (string | DatedPart)[] {
  const all = [...timesIn(text), ...daysIn(text)].toSorted((a, b) => a.at - b.at)
  const parts: (string | DatedPart)[] = []
  let from = 0
  for (const { at, ...part } of all) {
    if (at > from) parts.push(text.slice(from, at))
    parts.push(part)
    from = at + part.fallback.length
  }
  return from < text.length ? [...parts, text.slice(from)] : parts
}

type Found = DatedPart & { readonly at: number }

function timesIn(text: string): readonly Found[] {
  return found(text, MINUTE, '{date_short_pretty} {time}', (shown) => `${shown.slice(0, 10)}T${shown.slice(11, 16)}Z`)
}

function daysIn(text: string): readonly Found[] {
  return found(text, DAY, '{date_short_pretty}', (shown) => `${shown}T${HOUR_OF_DAYS}:00Z`)
}

/** What no calendar has stays text. */
function found(text: string, pattern: RegExp, format: string, isoOf: (shown: string) => string): readonly Found[] {
  return [...text.matchAll(pattern)]
    .map(({ 0: fallback, index: at }) => ({ at, ms: Date.parse(isoOf(fallback)), format, fallback }))
    .filter(({ ms }) => Number.isFinite(ms))
}

function token({ ms, format, fallback }: DatedPart): string {
  return `<!date^${ms / 1000}^${format}|${fallback}>`
}

/** The same within a limit: cut before it is escaped, so that no entity or date is cut in two. */
export function mrkdwnWithin(text: string, max: number): string {
  for (let points = max; ; points = Math.floor(points * 0.8)) {
    const drawn = mrkdwn(cut(text, points))
    if (lengthOf(drawn) <= max) return drawn
  }
}

/** The top-level `text` is mrkdwn too, but a notification can't show dates in the reader's zone. */
export function notification(text: string): string {
  return escaped(cut(text.replaceAll('*', '').replaceAll('`', '').replaceAll('\n', ' '), LIMITS.notification))
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Foreign text inside `code` or `*bold*` of a sentence of ours must not end it. */
export function tame(text: string): string {
  return text.replaceAll('`', "'").replaceAll('*', '∗').replaceAll('\n', ' ')
}

/** The mention of a user (U…, W…) or user group (S…); anything else stays text. */
export function mention(id: string): string {
  if (/^[UW][A-Z0-9]{2,}$/.test(id)) return `<@${id}>`
  if (/^S[A-Z0-9]{2,}$/.test(id)) return `<!subteam^${id}>`
  return escaped(id)
}
