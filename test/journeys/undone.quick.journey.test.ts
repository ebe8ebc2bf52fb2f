import { expect, test } from '@jest/globals'
import { install, startSwitch } from '../support/acts.ts'
import { clickCard, said } from '../support/people.ts'
import { aStage } from './stage.ts'

test('an API server that lags behind the switch is Wrong by proof: undone at once', async () => {
  const { kube, rig, tenants } = await aStage({ addresses: ['127.0.0.2'] })
  await install(rig)
  const thaw = kube.freezeWebhooks('127.0.0.2')
  await startSwitch(rig)
  const progress = await said(rig, 'Undone: switch')
  expect(rig.slack.text(progress)).toContain('gets default instead of 1-31-0')
  const call = await said(rig, 'Failed and taken back: switch', 'New pods get 1.30')
  expect(JSON.stringify(call.versions[0])).toContain('<@U0LEE>')
  thaw()
  expect(await tenants.now('shop')).toBe('default')
  expect(await tenants.now('pay')).toBe('default')
  expect(tenants.seen('shop').length).toBeLessThanOrEqual(3)
  await clickCard(rig, progress, 'U0LEE', 'approval.reask')
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  expect(rig.slack.text(call)).toContain('somebody has seen to it')
  expect(await tenants.now('shop')).toBe('1-31-0')
}, 120_000)
