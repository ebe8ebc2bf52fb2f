import { expect, test } from '@jest/globals'
import { asked } from '../../test/support/played-run.ts'
import { aPolicy, aStanding, T0 } from '../../test/support/run-builders.ts'
import { endCard, openCard, policyDiffers } from './cards.ts'
import { decide } from './decide.ts'

test('cards that nobody decided do not fill the record, and the newest are kept', () => {
  let run = asked()
  for (let i = 0; i < 200; i += 1) {
    const card = openCard(run)
    if (!card) throw new Error('no card')
    const ended = endCard({ ...run, pending: [] }, card, 'superseded', T0)
    const decided = decide(ended, { kind: 'ask', id: `ap-${i}`, standing: aStanding('install') }, aPolicy(), T0)
    if (!decided.ok) throw new Error(decided.refusal.code)
    run = decided.run
  }
  expect(run.cards.map(({ id }) => id).slice(-2)).toEqual(['ap-198', 'ap-199'])
  expect(run.cards.length).toBeLessThan(12)
  expect(Object.keys(run.messages).length).toBeLessThan(14)
})

test('a card that the requester could approve is void once the policy forbids it', () => {
  const [card] = asked().cards
  if (!card) throw new Error('no card')
  expect(policyDiffers({ ...card, requesterMayApprove: true }, aPolicy())).toBe(true)
  expect(policyDiffers(card, aPolicy())).toBe(false)
})
