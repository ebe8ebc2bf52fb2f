import { expect, test } from '@jest/globals'
import { digestSample, teamSample } from '../../test/support/card-samples.ts'
import type { CardFacts } from '../wire/card-facts.ts'
import type { MessageNotice } from '../wire/notice.ts'
import { seriesOf } from './message-series.ts'

function order(card: CardFacts): number {
  const series = seriesOf({ card } as MessageNotice)
  if (!series) throw new Error('in no series')
  return series.order
}

test('thanks come after the reminder that they end and before the next one', () => {
  const nudge = (number: number) => ({ ...teamSample('usual', 'nudge'), number })
  const done = (number: number) => ({ ...teamSample('usual', 'done'), number })
  const orders = [nudge(1), done(1), nudge(2), done(2), nudge(3)].map(order)
  expect(orders).toEqual(orders.toSorted((a, b) => a - b))
  expect(new Set(orders).size).toBe(5)
})

test('a later day of the digest is newer, and nothing else is in a series', () => {
  const digest = digestSample('usual', false)
  expect(order({ ...digest, day: '2026-12-01' })).toBeGreaterThan(order({ ...digest, day: '2026-11-30' }))
  expect(seriesOf({ card: teamSample('usual', 'told') } as MessageNotice)).toBeNull()
})
