import { cut, lengthOf, LIMITS } from './limits.ts'

const MINUTE = /(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d) UTC/g
/** A day by itself: no part of a longer word, version, path or time. */
const DAY = /(?<![\w./:^-])(\d{4})-(\d\d)-(\d\d)(?![\w/-]|:\S|\.\w| \d\d:\d\d)/g
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
  return text
    .replace(MINUTE, (fallback: string, y: string, m: string, d: string, h: string, min: string) =>
      token(
        Date.UTC(Number(y), Number(m) - 1, Number(d), Number(h), Number(min)),
        '{date_short_pretty} {time}',
        fallback,
      ),
    )
    .replace(DAY, (fallback: string, y: string, m: string, d: string) =>
      token(Date.UTC(Number(y), Number(m) - 1, Number(d), HOUR_OF_DAYS), '{date_short_pretty}', fallback),
    )
}

function token(ms: number, format: string, fallback: string): string {
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
