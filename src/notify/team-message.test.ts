import { expect, test } from '@jest/globals'
import type { Straggler } from '../wire/census.ts'
import type { TeamState } from '../wire/team-states.ts'
import { onTheCard, shownOf } from './team-message.ts'

function straggler(name: string): Straggler {
  const cause = { code: 'NOT_REDEPLOYED', facts: {} }
  const about = {
    team: 'pay',
    namespace: 'pay',
    kind: 'Deployment',
    old: 1,
    pods: 1,
    newestPodAt: '2026-11-24T09:00:00Z',
  }
  return { ...about, name, cause }
}

const TOLD: TeamState = { toldAtMs: 0, nudges: 1, lastMs: 0, old: 2 }

test('an answer speaks of what the card named and is still left, and of nothing that came since', () => {
  const shown = shownOf([straggler('api'), straggler('web')])
  expect(onTheCard([straggler('web'), straggler('late')], { ...TOLD, shown }).map(({ name }) => name)).toEqual(['web'])
})

test('a card names a few only, and an answer no more than those', () => {
  const many = Array.from({ length: 14 }, (_, n) => straggler(`w${n}`))
  expect(onTheCard(many, { ...TOLD, shown: shownOf(many) })).toHaveLength(10)
})

test('a record of before it was kept speaks of what is left', () => {
  expect(onTheCard([straggler('api')], TOLD)).toHaveLength(1)
})
