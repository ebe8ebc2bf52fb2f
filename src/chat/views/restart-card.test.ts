import { expect, test } from '@jest/globals'
import { restartSample } from '../../../test/support/restart-samples.ts'
import { look } from '../../../test/support/sample-size.ts'
import { restartCard } from './restart-card.ts'

test.each([
  ['stuck', true, true],
  ['slow', true, true],
  ['overtaken', true, false],
  ['unread', true, false],
  ['changed', false, false],
  ['moved', false, false],
] as const)('of a restart that ended as %s: a command to look %s, one to undo %s', (end, looks, undoes) => {
  const drawn = JSON.stringify(restartCard(restartSample('usual', end), look('en'), { message: 'm', revision: 1 }))
  expect([drawn.includes('rollout status'), drawn.includes('rollout undo')]).toEqual([looks, undoes])
})
