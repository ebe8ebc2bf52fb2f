import { expect, test } from '@jest/globals'
import { say } from '../words/say.ts'
import { record } from '../restarts/parts-for-tests.ts'
import { whatBecame } from '../restarts/what-became.ts'

const END = { endedAt: '2026-12-01T09:07:00.000Z' }
const MISSED = { because: { code: 'RESTART_MISSED', facts: {} } }

test.each([
  ['it began', record({ startedAt: '2026-12-01T09:01:00.000Z', state: 'running' }), ['began 2026-12-01 09:01 UTC']],
  ['it is about to be written', record({ state: 'asked' }), ['began 2026-12-01 09:00 UTC']],
  ['it is done', record({ state: 'done', ...END }), ['healthy 2026-12-01 09:07 UTC']],
  ['it failed', record({ state: 'failed', ...END }), ['no good end 2026-12-01 09:07 UTC']],
  ['it was dropped', record({ state: 'dropped', ...END, ...MISSED }), ['dropped 2026-12-01 09:07 UTC', 'too late now']],
])('%s: it says which, by whom it was asked, when, and what to do', (_, one, words) => {
  const { code, facts } = whatBecame(one, 'payments')
  for (const locale of ['en', 'zh'] as const) {
    const { what, next } = say(code, facts, locale)
    expect(what).toContain('U0MEI')
    expect(what).not.toMatch(/[?[\]{}]|\/Deployment\//)
    expect(next).not.toBe('')
  }
  const said = say(code, facts, 'en').what
  for (const word of [...words, 'Deployment api in pay']) expect(said).toContain(word)
})

test('of one that is not stored it says that, and where to look', () => {
  const { code, facts } = whatBecame(undefined, 'payments')
  expect(say(code, { ...facts, command: '/istio' }, 'en')).toMatchObject({
    what: expect.stringContaining('nothing is stored'),
  })
})
