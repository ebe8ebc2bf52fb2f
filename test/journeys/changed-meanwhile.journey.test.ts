import { expect, test } from '@jest/globals'
import type { KubeObject } from '../../src/sandbox/kube-server/kube-object.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { aPolicy } from '../support/run-builders.ts'
import { askUpgrade, install } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import { aStage } from './stage.ts'

const REGISTRATION = 'admissionregistration.k8s.io/v1'
const TAG = 'istio-revision-tag-prod-stable'

type Entry = {
  readonly namespaceSelector: { readonly matchExpressions: readonly object[] }
  readonly [key: string]: unknown
}

function rewrite(kube: KubeServer, name: string, change: (entry: Entry) => Entry, labels = {}): void {
  const object = kube.get(REGISTRATION, 'MutatingWebhookConfiguration', name)
  if (!object) throw new Error(`no ${name}`)
  const webhooks = (object['webhooks'] as readonly Entry[]).map(change)
  const metadata = { ...object.metadata, labels: { ...object.metadata.labels, ...labels } }
  kube.put({ ...object, metadata, webhooks } as KubeObject, 'kubectl-edit')
}

/** One more namespace label is asked for: nobody's injection changes today. */
function narrower(entry: Entry): Entry {
  const matchExpressions = [...entry.namespaceSelector.matchExpressions, { key: 'frozen', operator: 'DoesNotExist' }]
  return { ...entry, namespaceSelector: { matchExpressions } }
}

test('a selector that changed between card and click refuses the click by name, and a new card comes by itself', async () => {
  const { kube, rig } = await aStage()
  const card = await askUpgrade(rig)
  rewrite(kube, TAG, narrower)
  const told = await clickCard(rig, card, 'U0MEI', 'approval.approve')
  expect(told).toContain('CLUSTER_CHANGED')
  expect(told).toContain(TAG)
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  const next = await rig.slack.waitFor(
    () => rig.slack.messages(rig.channel).find((one) => one.ts > card.ts && rig.slack.text(one).includes('[Approve')),
    15_000,
  )
  await clickCard(rig, next, 'U0MEI', 'approval.approve')
  await openCard(rig, 'switch')
}, 90_000)

test('a label, and a caBundle rewritten with the same content, void nothing', async () => {
  const { kube, rig, tenants } = await aStage()
  const card = await askUpgrade(rig)
  rewrite(kube, TAG, (entry) => ({ ...entry }), { team: 'mesh' })
  const old = kube.get(REGISTRATION, 'MutatingWebhookConfiguration', 'istio-revision-tag-default')
  if (!old) throw new Error('no default tag')
  kube.put(structuredClone(old), 'pilot-discovery')
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  const change = await openCard(rig, 'switch')
  rewrite(kube, 'istio-sidecar-injector-1-31-0', (entry) => structuredClone(entry), { touched: 'yes' })
  await clickCard(rig, change, 'U0MEI', 'approval.approve')
  expect(await clickCard(rig, change, 'U0SRE', 'approval.approve')).toContain('is approved')
  rewrite(kube, TAG, (entry) => ({ ...entry }), { touched: 'again' })
  await clickCard(rig, change, 'U0LEE', 'approval.start')
  await said(rig, 'Done: switch')
  expect(tenants.seen('pay')).toEqual(['default', '1-31-0'])
}, 90_000)

test('a change between approval and Start refuses the Start, and tenants notice nothing', async () => {
  const { kube, rig, tenants } = await aStage()
  const change = await install(rig)
  await clickCard(rig, change, 'U0MEI', 'approval.approve')
  await clickCard(rig, change, 'U0SRE', 'approval.approve')
  rewrite(kube, TAG, narrower)
  expect(await clickCard(rig, change, 'U0LEE', 'approval.start')).toContain('CLUSTER_CHANGED')
  await rig.slack.waitFor(
    () => rig.slack.messages(rig.channel).find((one) => one.ts > change.ts && rig.slack.text(one).includes('[Approve')),
    15_000,
  )
  expect(tenants.seen('pay')).toEqual(['default'])
}, 90_000)

test('without approvers nobody may approve', async () => {
  const { kube, rig } = await aStage({
    rig: { policy: { approve: { install: { need: 1, from: [] }, switch: { need: 1, from: [] } } } },
  })
  const card = await askUpgrade(rig)
  expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain('NO_APPROVERS')
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
}, 90_000)

test('a changed policy voids the card that is not yet approved, and asks anew', async () => {
  const { kube, rig } = await aStage()
  const card = await askUpgrade(rig)
  await rig.worker().stop()
  await rig.addWorker({
    policy: aPolicy({
      approve: { install: { need: 2, from: ['S0PLATFORM', 'U0SRE'] }, switch: { need: 2, from: ['U0SRE'] } },
    }),
  })
  const next = await rig.slack.waitFor(
    () => rig.slack.messages(rig.channel).find((one) => one.ts > card.ts && rig.slack.text(one).includes('[Approve')),
    20_000,
  )
  expect(rig.slack.text(rig.slack.message(rig.channel, card.ts) ?? card)).not.toContain('[Approve')
  expect(await clickCard(rig, next, 'U0MEI', 'approval.approve')).toMatch(/1\/2|1 of 2/)
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
}, 90_000)

test('a part that cannot be read at the click has not changed: the click is refused, and the card stands', async () => {
  const { kube, rig } = await aStage()
  const card = await askUpgrade(rig)
  const lift = kube.trouble({ kind: 'status', code: 403, method: 'GET', path: /validatingwebhookconfigurations/ })
  expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain('MESH_PART_UNREADABLE')
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  lift()
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  await openCard(rig, 'switch')
}, 60_000)
