import { expect, test } from '@jest/globals'
import { verifyChain } from '../../src/audit/verify-chain.ts'
import { answerTo, install, reject, rollBack, startSwitch } from '../support/acts.ts'
import { clickCard, finalAnswer, openCard, said } from '../support/people.ts'
import { auditOf } from './attackers.ts'
import { aStage } from './stage.ts'

test('the whole way by signed HTTP requests; spoilt, old and repeated ones are refused at the door', async () => {
  const stage = await aStage({ rig: { http: true } })
  const { kube, rig, tenants } = stage
  const pods = tenants.pods()
  const card = await install(rig)
  await reject(rig, card, 'U0SRE', 'after the release')
  await clickCard(rig, card, 'U0LEE', 'approval.reask')
  const change = await rig.slack.waitFor(
    () => rig.slack.messages(rig.channel).find((one) => one.ts > card.ts && rig.slack.text(one).includes('[Approve')),
    15_000,
  )
  const seen = await rig.slack.click({
    user: 'U0MEI',
    channel: rig.channel,
    ts: change.ts,
    actionId: 'approval.approve',
  })
  await finalAnswer(rig, seen)
  for (const how of ['wrong-signature', 'old-timestamp', 'same'] as const) {
    expect((await rig.slack.again(seen, how)).acked).toBe(false)
  }
  await said(rig, 'switch', '1 of 2')
  await clickCard(rig, change, 'U0SRE', 'approval.approve')
  await openCard(rig, 'switch', 'Start')
  await clickCard(rig, change, 'U0LEE', 'approval.start')
  await said(rig, 'Done: switch')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  await rollBack(rig)
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
  expect(tenants.seen('plain')).toEqual(['none'])
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  expect(tenants.pods()).toEqual(pods)
  const entries = await auditOf(stage)
  expect(verifyChain(entries)).toMatchObject({ broken: null })
  expect(entries.map(({ what }) => what.code)).toEqual(
    expect.arrayContaining(['REJECTED', 'APPROVED', 'STARTED', 'RETURNED']),
  )
}, 120_000)

test('a run that has returned leaves room for the next one', async () => {
  const { kube, rig, tenants } = await aStage({ rig: { http: true } })
  await install(rig)
  await rollBack(rig)
  await install(rig)
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  expect(await tenants.now('shop')).toBe('1-31-0')
  expect(kube.get('v1', 'ConfigMap', 'active', 'meshferry')).toBeDefined()
  expect(await answerTo(rig, 'U0OUT', 'stop')).toContain('MAY_NOT_STOP')
}, 120_000)
