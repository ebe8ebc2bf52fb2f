import { expect, test } from '@jest/globals'
import { verifyChain } from '../../src/audit/verify-chain.ts'
import { keyIdOf, newKeyPair, publicKeyOf } from '../../src/kernel/signatures.ts'
import { clickOn } from '../support/run-builders.ts'
import { answerTo, askUpgrade, install } from '../support/acts.ts'
import { clickCard, finalAnswer, openCard, said } from '../support/people.ts'
import { approveForged, rehearse } from '../support/retire-acts.ts'
import { auditOf, forgedRequest, pushRequest, recordOf } from './attackers.ts'
import { aMigratedStage } from './migrated.ts'
import type { Stage } from './stage.ts'
import { aStage } from './stage.ts'

function nothingInstalled({ kube }: Stage): void {
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
}

/** Waits until the audit holds a line that matches. */
async function audited(stage: Stage, pattern: RegExp): Promise<void> {
  const end = Date.now() + 15_000
  for (;;) {
    const entries = await auditOf(stage)
    if (entries.some(({ what }) => pattern.test(JSON.stringify(what)))) return
    if (Date.now() > end)
      throw new Error(`not in the audit: ${pattern.source}\n${JSON.stringify(entries.map((e) => e.what))}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

test('a button that was never drawn approves nothing', async () => {
  const stage = await aStage()
  const { rig } = stage
  const card = await askUpgrade(rig)
  const { run } = recordOf(stage)
  const approval = run.cards[0]?.id ?? ''
  const at = { user: 'U0MEI', channel: rig.channel, ts: card.ts, actionId: 'approval.approve' }
  const forgeries = [
    { value: 'ap-01jd9q4t7h0123456789abcdef.1' },
    { value: `${approval}.99` },
    { blockId: `act.${approval}.99` },
    { blockId: 'act.ap-01jd9q4t7h0123456789abcdef.1' },
    { payload: { container: { type: 'message', message_ts: '1.2', channel_id: rig.channel } } },
  ]
  for (const forge of forgeries) {
    const seen = await rig.slack.click({ ...at, forge })
    expect(await finalAnswer(rig, seen)).toMatch(/卡片|card/)
  }
  expect(recordOf(stage).run.cards.flatMap(({ decisions }) => decisions)).toEqual([])
  nothingInstalled(stage)
}, 90_000)

test('a removal is approved by no other name, though the dialog was forged so that its field refuses none', async () => {
  const stage = await aMigratedStage()
  const { rig, kube } = stage
  const card = await rehearse(rig)
  const forgeries = [
    { text: 'prod-b', blocks: [] },
    { text: 'prod-b', blocks: [{ block_id: 'about.prod-b' }] },
  ]
  for (const forged of forgeries) {
    expect(await approveForged(rig, card, 'U0MEI', forged)).toContain('TYPED_NAME_WRONG')
  }
  expect(recordOf(stage).run.cards.at(-1)).toMatchObject({ phase: 'retire', decisions: [] })
  const refused = (await auditOf(stage)).filter(({ what }) => what.facts['code'] === 'TYPED_NAME_WRONG')
  expect(refused.map(({ what, who }) => [what.code, who?.user])).toEqual(forgeries.map(() => ['REFUSED', 'U0MEI']))
  expect(kube.get('apps/v1', 'Deployment', 'istiod', 'istio-system')).toBeDefined()
}, 120_000)

test('a payload that comes again decides nothing anew', async () => {
  const stage = await aStage()
  const { rig, tenants } = stage
  const change = await install(rig)
  const seen = await rig.slack.click({
    user: 'U0MEI',
    channel: rig.channel,
    ts: change.ts,
    actionId: 'approval.approve',
  })
  await finalAnswer(rig, seen)
  await rig.slack.again(seen)
  await rig.slack.again(seen)
  expect(await answerTo(rig, 'U0SRE', 'approvals')).toMatch(/1 of 2|1\/2/)
  expect(recordOf(stage).run.cards.at(-1)?.decisions).toHaveLength(1)
  expect(tenants.seen('shop')).toEqual(['default'])
}, 90_000)

test('who has Redis but no key of the bot, approves nothing, and is in the audit', async () => {
  const stage = await aStage()
  const { rig } = stage
  await askUpgrade(rig)
  const [card] = recordOf(stage).run.cards
  if (!card) throw new Error('no card')
  const approve = { kind: 'approve', card: clickOn(card) } as const
  await pushRequest(stage, forgedRequest(stage, approve))
  await audited(stage, /REQUEST_FORGED/)
  const own = newKeyPair().privateKey
  await pushRequest(stage, forgedRequest(stage, approve, own, keyIdOf(publicKeyOf(own))))
  await audited(stage, /REQUEST_KEY_UNKNOWN/)
  nothingInstalled(stage)
  expect(verifyChain(await auditOf(stage)).broken).toBeNull()
}, 90_000)

test('a real request out of the audit, put into the queue again, decides nothing', async () => {
  const stage = await aStage()
  const { rig, tenants } = stage
  const change = await install(rig)
  await clickCard(rig, change, 'U0MEI', 'approval.approve')
  const signed = (await auditOf(stage)).findLast(({ what }) => what.code === 'APPROVED')?.request
  if (!signed) throw new Error('the audit holds no request')
  await pushRequest(stage, signed)
  await audited(stage, /REQUEST_REPEATED/)
  expect(recordOf(stage).run.cards.at(-1)?.decisions).toHaveLength(1)
  const spoilt = { ...signed, body: signed.body.replace('U0MEI', 'U0SRE') }
  await pushRequest(stage, spoilt)
  await audited(stage, /REQUEST_FORGED/)
  expect(recordOf(stage).run.cards.at(-1)?.decisions).toHaveLength(1)
  expect(tenants.seen('shop')).toEqual(['default'])
}, 90_000)

test('a record that somebody else wrote is not acted on, and the person is told', async () => {
  const stage = await aStage()
  const { kube, rig } = stage
  const card = await askUpgrade(rig)
  const { name } = recordOf(stage)
  const map = kube.get('v1', 'ConfigMap', name, 'meshferry')
  if (!map) throw new Error('no record')
  const data = map['data'] as Record<string, string>
  const content = (data['content'] ?? '').replaceAll('"need":1', '"need":0')
  expect(content).not.toBe(data['content'])
  kube.put({ ...map, data: { ...data, content } }, 'kubectl-edit')
  const told = await clickCard(rig, card, 'U0MEI', 'approval.approve')
  expect(told).toContain('RECORD_FORGED')
  nothingInstalled(stage)
  expect(await openCard(rig, 'install')).toBeDefined()

  // Nobody has to click to hear of it, and it ends when the record is as it was.
  const alarm = rig.slack.text(await said(rig, 'the record of the upgrade cannot be trusted'))
  expect(alarm).toMatch(/not as this worker sealed it[\s\S]*does not watch[\s\S]*runbook/)
  expect(alarm).toContain('U0SRE')
  kube.put({ ...(kube.get('v1', 'ConfigMap', name, 'meshferry') ?? map), data }, 'kubectl-edit')
  await said(rig, 'the record of the upgrade is readable again')
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  await openCard(rig, 'switch')
}, 90_000)

test('refused clicks are in the audit too, and its chain holds', async () => {
  const stage = await aStage()
  const { rig } = stage
  const card = await askUpgrade(rig)
  await clickCard(rig, card, 'U0OUT', 'approval.approve')
  await clickCard(rig, card, 'U0LEE', 'approval.approve')
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  await openCard(rig, 'switch')
  const entries = await auditOf(stage)
  const told = entries.map(({ what, who }) => [what.code, what.facts['code'] ?? '', who?.user ?? ''])
  expect(told).toContainEqual(['REFUSED', 'NOT_AN_APPROVER', 'U0OUT'])
  expect(told).toContainEqual(['REFUSED', 'SELF_APPROVAL', 'U0LEE'])
  expect(told).toContainEqual(['APPROVED', '', 'U0MEI'])
  expect(told).toContainEqual(['STEP_DONE', '', ''])
  expect(verifyChain(entries)).toMatchObject({ broken: null, lines: entries.length })
}, 90_000)
