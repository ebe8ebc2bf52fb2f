import { expect, test } from '@jest/globals'
import { askUpgrade, command, install, startInstall, startSwitch } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import type { OwnWorker } from '../../src/compose/worker.ts'
import { serveHealth } from '../../src/web/serve-health.ts'
import type { Rig } from '../support/rig.ts'
import { aStage } from './stage.ts'
import { until } from '../support/until.ts'

function cards(rig: Rig): number {
  return rig.slack.messages(rig.channel).filter((one) => rig.slack.text(one).includes('[Approve')).length
}

test('Redis flushed while a card waits: the same card can be decided, and no second one is posted', async () => {
  const { kube, rig } = await aStage()
  const card = await askUpgrade(rig)
  await rig.redis.flush()
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(cards(rig)).toBe(1)
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  await openCard(rig, 'switch')
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeDefined()
}, 120_000)

test('Redis flushed in the middle of install and switch: nothing is done twice', async () => {
  const { kube, rig, istioctl, tenants } = await aStage()
  istioctl['1.31.0']?.behave({ slowAt: 'ready', slowMs: 2000 })
  await startInstall(rig)
  await until(() => kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system'))
  await rig.redis.flush()
  await openCard(rig, 'switch')
  await startSwitch(rig)
  await until(() => tenants.seen('shop').includes('1-31-0'))
  await rig.redis.flush()
  await said(rig, 'Done: switch')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  expect(tenants.seen('pay')).toEqual(['default', '1-31-0'])
  const applies = kube.log.filter(({ method, url }) => method === 'PATCH' && /deployments\/istiod-1-31-0\?/.test(url))
  expect(applies).toHaveLength(1)
}, 120_000)

test('Redis away for some seconds: the run goes on when it is back', async () => {
  const { rig, tenants } = await aStage()
  await install(rig)
  await startSwitch(rig)
  await rig.redis.restart(4000)
  await said(rig, 'Done: switch')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  expect(await tenants.now('pay')).toBe('1-31-0')
}, 120_000)

test('Slack away during the switch delays no step; afterwards the channel shows how things stand', async () => {
  const { rig, tenants } = await aStage()
  await install(rig)
  await startSwitch(rig)
  rig.slack.trouble.slackAway(true)
  await until(() => tenants.seen('shop').includes('1-31-0') && tenants.seen('pay').includes('1-31-0'), 15_000)
  await new Promise((resolve) => setTimeout(resolve, 4000))
  rig.slack.trouble.slackAway(false)
  await said(rig, 'Done: switch')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
}, 120_000)

test('the API server away for some seconds in the middle of the switch: nothing is guessed, and it is brought to its end', async () => {
  const { kube, rig, tenants } = await aStage()
  await install(rig)
  await startSwitch(rig)
  await until(() => tenants.seen('shop').includes('1-31-0'))
  const lift = kube.trouble({ path: /./, kind: 'hangUp' })
  await new Promise((resolve) => setTimeout(resolve, 4000))
  lift()
  await until(
    () => rig.slack.messages(rig.channel).some((one) => /Done: switch|Halted/.test(rig.slack.text(one))),
    60_000,
  )
  if (!rig.slack.messages(rig.channel).some((one) => rig.slack.text(one).includes('Done: switch'))) {
    await command(rig, 'U0MEI', 'resume')
    await said(rig, 'Done: switch')
  }
  expect(tenants.seen('shop').filter((given) => !given.startsWith('refused'))).not.toContain('none')
  expect(await tenants.now('shop')).toBe('1-31-0')
  expect(await tenants.now('pay')).toBe('1-31-0')
}, 120_000)

test('an API server that no longer answers about injectors halts the switch, and resume goes on', async () => {
  const { kube, rig, tenants } = await aStage()
  await install(rig)
  const slow = kube.trouble({ method: 'PATCH', path: /mutatingwebhookconfigurations/, kind: 'slow', delayMs: 1000 })
  await startSwitch(rig)
  await until(() => tenants.seen('shop').includes('1-31-0'))
  slow()
  const lift = kube.trouble({ path: /mutatingwebhookconfigurations/, kind: 'hangUp' })
  const halted = await said(rig, 'Halted')
  // Which it is depends on whether the read fails as a whole or only the webhooks' part of it.
  expect(rig.slack.text(halted)).toMatch(/reach|answer|mutatingWebhooks cannot be read/)
  const before = await tenants.now('pay')
  await new Promise((resolve) => setTimeout(resolve, 2000))
  expect(await tenants.now('pay')).toBe(before)
  lift()
  await command(rig, 'U0MEI', 'resume')
  await said(rig, 'Done: switch')
  expect(await tenants.now('pay')).toBe('1-31-0')
}, 120_000)

test('the token revoked during the switch: it ends proven, /healthz says why nobody can approve, and given back all is shown', async () => {
  const { rig, tenants } = await aStage()
  const worker = rig.worker() as OwnWorker
  const health = await serveHealth(0, () => [rig.bot().health, worker.health])
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${health.port}${path}`)
    return { status: response.status, text: await response.text() }
  }
  await install(rig)
  expect(await ask('/healthz')).toMatchObject({ status: 200 })
  await startSwitch(rig)
  rig.slack.trouble.revokeToken()
  await until(() => tenants.seen('shop').includes('1-31-0') && tenants.seen('pay').includes('1-31-0'), 15_000)
  await until(async () => (await ask('/healthz')).status === 503)
  await until(async () => (await ask('/healthz')).text.includes('worker prod-a: trouble: Slack takes'))
  const told = (await ask('/healthz')).text
  expect(told).toMatch(/bot: trouble: Slack takes the bot's token no more since .*token_revoked.*nobody can approve/)
  expect(told).not.toContain(rig.slack.botToken)
  expect((await ask('/metrics')).text).toContain('meshferry_slack{part="bot",state="revoked"} 1')
  rig.slack.trouble.revokeToken(rig.slack.botToken, false)
  await said(rig, 'Done: switch')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  await until(async () => (await ask('/healthz')).status === 200)
  await health.stop()
}, 180_000)
