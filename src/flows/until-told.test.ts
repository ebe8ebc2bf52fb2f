import { expect, test } from '@jest/globals'
import { untilTold } from './until-told.ts'

test.each([
  ['at the first look, since whoever looked before may have died over it', [false, false], ['told', 'quiet']],
  ['again whenever it was forgotten', [false, true, false], ['told', 'told', 'quiet']],
  [
    'until it can be told',
    [true, 'away', false, true, 'away', false, false],
    ['told', 'away', 'told', 'told', 'away', 'told', 'quiet'],
  ],
] as const)('tells %s', async (_, looks, expected) => {
  const seen: string[] = []
  let away = false
  let forgotten = false
  const retell = untilTold(
    async () => forgotten,
    async () => {
      if (away) throw new Error('away')
      seen.push('told')
    },
  )
  for (const look of looks) {
    away = look === 'away'
    forgotten = look !== false
    const before = seen.length
    await retell().catch(() => seen.push('away'))
    if (seen.length === before) seen.push('quiet')
  }
  expect(seen).toEqual(expected)
})
