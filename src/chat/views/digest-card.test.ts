import { expect, test } from '@jest/globals'
import { digestSample } from '../../../test/support/card-samples.ts'
import { look } from '../../../test/support/sample-size.ts'
import type { DigestFacts } from '../../wire/card-facts.ts'
import { digestCard } from './digest-card.ts'
import { fits } from './fit.ts'

/** How many workloads each team has, and how long their names are: from all of the room to none. */
const SIZES = [
  [1, 0],
  [2, 0],
  [4, 0],
  [4, 60],
  [4, 240],
] as const

/** Seventeen teams, and pods of nobody. */
function sizedDigest([count, chars]: readonly [number, number]): DigestFacts {
  const [team] = digestSample('usual', false).teams
  if (!team) throw new Error('no team')
  const workloads = Array.from({ length: count }, (_, n) => ({
    ...team.workloads[0],
    name: `api-${n}-${'警'.repeat(chars)}`,
  }))
  const one = (name: string | null) => ({ ...team, team: name, workloads, more: 3 }) as DigestFacts['teams'][number]
  const teams = Array.from({ length: 11 }, (_, n) => one(`team-${n}`))
  return { ...digestSample('usual', false), teams: [...teams, one(null)], moreTeams: 6 }
}

test.each([
  ['en', 'no team named', /\*team-\d+\*/g],
  ['zh', '未注明团队', /\*team-\d+\*/g],
] as const)(
  'in %s the pods that no team owns are drawn however little room there is, beside the worst team',
  (locale, unowned, named) => {
    const counts = SIZES.map((size) => {
      const card = digestCard(sizedDigest(size), look(locale), { message: 'm', revision: 1 })
      const text = JSON.stringify(card.blocks)
      expect([fits(card), text.split(unowned).length, text.includes('team-0')]).toEqual([true, 2, true])
      const drawn = new Set(text.match(named)).size
      expect(text).toContain(String(17 - drawn))
      return drawn
    })
    expect(new Set(counts).size).toBeGreaterThan(2)
  },
)

test('also where everything is as long as the wire lets through', () => {
  const card = digestCard(digestSample('worst', true), look('en'), { message: 'm', revision: 1 })
  expect([fits(card), JSON.stringify(card.blocks).includes('no team named')]).toEqual([true, true])
})
