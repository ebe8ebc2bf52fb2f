import { expect, test } from '@jest/globals'
import type { SlackMessage } from '../../src/sandbox/slack-server/model.ts'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedTag } from '../../src/sandbox/kube-server/seed/seed-istio.ts'
import { install, rollBack, startSwitch } from '../support/acts.ts'
import { clickCard, said } from '../support/people.ts'
import { recordOf } from './attackers.ts'
import { aStage, type Stage } from './stage.ts'
import { until } from '../support/until.ts'

const REGISTRATION = 'admissionregistration.k8s.io/v1'

/** Somebody makes a tag that leads to the old revision, and a namespace that asks by it. */
function addBlue({ kube }: Stage): void {
  seedTag(kube, 'blue', 'default')
  seedNamespace(kube, { name: 'sea', labels: { 'istio.io/rev': 'blue' } })
}

/** The card that came after another one, while it can be approved. */
function cardAfter({ rig }: Stage, card: SlackMessage): Promise<SlackMessage> {
  return rig.slack.waitFor(
    () => rig.slack.messages(rig.channel).find((one) => one.ts > card.ts && rig.slack.text(one).includes('[Approve')),
    20_000,
  )
}

test('a tag that comes between install and switch: a new plan is asked about, nothing approved before counts for it, and it moves with the rest', async () => {
  const stage = await aStage()
  const { rig, tenants } = stage
  const card = await install(rig)
  const before = recordOf(stage).run
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  addBlue(stage)
  const told = await clickCard(rig, card, 'U0SRE', 'approval.approve')
  expect(told).toMatch(/new steps: switch.move-tag.blue[^]*PLAN_CHANGED/)
  const next = await cardAfter(stage, card)
  expect(rig.slack.text(next)).toMatch(/Move tag blue/)
  expect(rig.slack.text(next)).toMatch(/new steps: switch.move-tag.blue/)
  expect(rig.slack.text(rig.slack.message(rig.channel, card.ts) ?? card)).not.toContain('[Approve')
  const { run } = recordOf(stage)
  expect(run.planHash).not.toBe(before.planHash)
  expect(run.steps.slice(0, 3)).toEqual(before.steps.slice(0, 3))
  expect(run.cards.at(-1)?.decisions).toEqual([])
  expect(await tenants.now('sea')).toBe('default')
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  expect([await tenants.now('sea'), await tenants.now('pay'), await tenants.now('shop')]).toEqual([
    '1-31-0',
    '1-31-0',
    '1-31-0',
  ])
  await rollBack(rig)
  expect([await tenants.now('sea'), await tenants.now('pay'), await tenants.now('shop')]).toEqual([
    'default',
    'default',
    'default',
  ])
}, 120_000)

test('a tag that comes between Start and the first act: nothing is changed, and the new plan is asked about by itself', async () => {
  const stage = await aStage()
  const { kube, rig, tenants } = stage
  const card = await install(rig)
  const end = kube.listen(({ object }) => {
    const { content = '' } = (object['data'] ?? {}) as Readonly<Record<string, string>>
    if (!object.metadata.name.startsWith('run-') || !content.includes('"state":"running","phase":"switch"')) return
    end()
    addBlue(stage)
  })
  await startSwitch(rig)
  const next = await cardAfter(stage, card)
  expect(rig.slack.text(next)).toMatch(/new steps: switch.move-tag.blue/)
  expect(recordOf(stage).run.steps.filter(({ id, acted }) => acted && id.startsWith('switch.'))).toEqual([])
  expect(tenants.seen('shop')).toEqual(['default'])
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  expect([await tenants.now('sea'), await tenants.now('pay')]).toEqual(['1-31-0', '1-31-0'])
}, 120_000)

test('a tag that is taken away under a namespace: no plan makes that right, until nobody asks by it any more', async () => {
  const stage = await aStage()
  const { kube, rig, tenants } = stage
  const card = await install(rig)
  kube.remove(REGISTRATION, 'MutatingWebhookConfiguration', 'istio-revision-tag-prod-stable')
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  const blocked = await cardAfter(stage, card)
  expect(await clickCard(rig, blocked, 'U0MEI', 'approval.approve')).toContain('PLAN_OUTDATED')
  expect(rig.slack.text(rig.slack.message(rig.channel, blocked.ts) ?? blocked)).toMatch(
    /no new plan may make that right/,
  )
  seedNamespace(kube, { name: 'pay', labels: { 'istio-injection': 'enabled' } })
  await until(() => recordOf(stage).run.alarms.every(({ endedAt }) => endedAt))
  expect(await clickCard(rig, blocked, 'U0MEI', 'approval.approve')).toContain('PLAN_CHANGED')
  await cardAfter(stage, blocked)
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  expect([await tenants.now('shop'), await tenants.now('pay')]).toEqual(['1-31-0', '1-31-0'])
}, 120_000)
