import { expect, test } from '@jest/globals'
import { mrkdwn, mrkdwnWithin, notification } from './escape.ts'

const DAY = '<!date^1796378400^{date_short_pretty}|2026-12-04>'
const MINUTE = '<!date^1796374800^{date_short_pretty} {time}|2026-12-04 09:00 UTC>'

test.each([
  ['a time', 'expires 2026-12-04 09:00 UTC.', `expires ${MINUTE}.`],
  ['a day', 'by 2026-12-04.', `by ${DAY}.`],
  ['a day in Chinese', '请在 2026-12-04 前（2026-12-04）', `请在 ${DAY} 前（${DAY}）`],
  ['a day in bold', '*by 2026-12-04*', `*by ${DAY}*`],
  ['a day before a colon', 'since 2026-12-04: 3 pods', `since ${DAY}: 3 pods`],
  ['both', '2026-12-04, 2026-12-04 09:00 UTC', `${DAY}, ${MINUTE}`],
  ['what is to be typed', '`hold pay until 2026-12-04` by 2026-12-04', `\`hold pay until 2026-12-04\` by ${DAY}`],
  ['part of a name', 'release-2026-12-04 v2026-12-04 2026-12-04T09:00:00Z 2026-12-04.tgz a/2026-12-04', null],
  ['a day that no calendar has', '2026-13-45', null],
  ['no fact of ours', 'x <!date^1^{date}|y>', 'x &lt;!date^1^{date}|y&gt;'],
])('%s', (_, text, drawn) => {
  expect(mrkdwn(text)).toBe(drawn ?? text)
})

test('the hour of a day is the same day from Honolulu to Auckland', () => {
  const at = Number(/\^(\d+)\^/.exec(mrkdwn('2026-12-04'))?.[1]) * 1000
  const dayIn = (timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
  for (const zone of ['Pacific/Honolulu', 'America/New_York', 'Asia/Shanghai', 'Pacific/Auckland']) {
    expect(dayIn(zone)).toBe('2026-12-04')
  }
})

test('nothing is cut inside a date, and a notification keeps the plain day', () => {
  expect(mrkdwnWithin(`${'x'.repeat(30)} 2026-12-04`, 80)).not.toMatch(/<!date[^>]*$/)
  expect(notification('by *2026-12-04*')).toBe('by 2026-12-04')
})
