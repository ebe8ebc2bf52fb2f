import { expect, test } from '@jest/globals'
import { answerTo, askUpgrade } from '../support/acts.ts'
import { clickCard, openCard } from '../support/people.ts'
import { aStage } from './stage.ts'

test('only listed people decide, once each, and never on their own wish', async () => {
  const { kube, rig, tenants } = await aStage()
  const card = await askUpgrade(rig)
  expect(await clickCard(rig, card, 'U0OUT', 'approval.approve')).toMatch(
    /cannot decide on install: it needs .*@platform/,
  )
  expect(await clickCard(rig, card, 'U0LEE', 'approval.approve')).toContain('somebody else')
  expect(await answerTo(rig, 'U0OUT', 'rollback')).toMatch(/cannot roll back; .*@platform/)
  expect(await answerTo(rig, 'U0OUT', 'upgrade to 1.31.0')).toMatch(/not among those who may ask .*@platform/)
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()

  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  const change = await openCard(rig, 'switch')
  await clickCard(rig, change, 'U0MEI', 'approval.approve')
  expect(await clickCard(rig, change, 'U0MEI', 'approval.approve')).toContain('APPROVED_BY_YOU')
  expect(await clickCard(rig, change, 'U0LEE', 'approval.approve')).toContain('somebody else')
  expect(tenants.seen('shop')).toEqual(['default'])
}, 90_000)
