import { expect, test } from '@jest/globals'
import { type KubeObject, valueAt } from '../../src/sandbox/kube-server/kube-object.ts'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedTag } from '../../src/sandbox/kube-server/seed/seed-istio.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { answerTo, reject } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import type { Rig } from '../support/rig.ts'
import { answers } from '../support/answers.ts'
import { restart } from './istiods.ts'
import { aMigratedStage } from './migrated.ts'
import { DAY_MS, rehearse, startRehearsal, startRetire } from '../support/retire-acts.ts'
import { NEW, OLD, redeploy } from './redeploy.ts'
import { until } from '../support/until.ts'

function oldIsThere(kube: KubeServer): boolean {
  return kube.get('apps/v1', 'Deployment', 'istiod', 'istio-system') !== undefined
}

function replicas(kube: KubeServer): unknown {
  return valueAt(kube.get('apps/v1', 'Deployment', 'istiod', 'istio-system'), 'spec', 'replicas')
}

/** A card of this phase that still can be decided on. */
function isAsked(rig: Rig, phase: string): boolean {
  return rig.slack
    .messages(rig.channel)
    .map((message) => rig.slack.text(message))
    .some((text) => text.split('\n')[0]?.includes(phase) && text.includes('[Approve'))
}

/** Somebody's own, which calls OLD's Service and carries its revision's label, as copies of Istio's objects do. */
function foreignWebhook(kind: string, name: string, entry: string, namespaceSelector = {}): KubeObject {
  const clientConfig = { service: { name: 'istiod', namespace: 'istio-system', path: '/x', port: 443 } }
  const rules = [{ operations: ['CREATE'], apiGroups: ['example.com'], apiVersions: ['v1'], resources: ['things'] }]
  const common = { clientConfig, rules, failurePolicy: 'Fail', sideEffects: 'None', admissionReviewVersions: ['v1'] }
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name, labels: { 'istio.io/rev': 'default' } },
    webhooks: [{ name: entry, namespaceSelector, ...common }],
  }
}

async function aWhile(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 2500))
}

test('nobody is asked while one pod is left; a pod that comes back to OLD withdraws the card and begins the quiet time anew', async () => {
  const { kube, rig, passTime } = await aMigratedStage()
  await openCard(rig, 'rehearsal')
  redeploy(kube, 'shop', 'web', OLD)
  await said(rig, 'Withdrawn', '2 pods')
  await answers(rig, 'status', /Before default may go: 2 pods/)
  redeploy(kube, 'shop', 'web', NEW)
  await answers(rig, 'status', /Nobody has used default since/)
  passTime(DAY_MS - 60_000)
  await aWhile()
  expect(isAsked(rig, 'rehearsal')).toBe(false)
  passTime(120_000)
  await openCard(rig, 'rehearsal')
}, 120_000)

test('the sources disagree: a proxy that no pod explains keeps the old control plane', async () => {
  const { kube, rig, passTime } = await aMigratedStage()
  await rehearse(rig)
  // A pod that has ended for the API server and is still connected: the census leaves it out, istiod does not.
  const [pod] = seedWorkload(kube, { namespace: 'shop', name: 'ghost', replicas: 1, inject: OLD })
  kube.put({ ...pod!, status: { ...(pod?.['status'] as object), phase: 'Succeeded' } })
  await said(rig, 'Withdrawn: retire', '1 proxy')
  await answers(rig, 'status', /Before default may go: /)
  passTime(2 * DAY_MS)
  await aWhile()
  expect(isAsked(rig, 'retire the old')).toBe(false)
  expect(oldIsThere(kube)).toBe(true)
}, 120_000)

test('what resolves to OLD keeps it, named: a tag, a namespace of it without a pod, a template at zero replicas', async () => {
  const { kube, rig } = await aMigratedStage()
  const before = await openCard(rig, 'rehearsal')
  seedTag(kube, 'legacy', 'default')
  seedNamespace(kube, { name: 'late', labels: { 'istio.io/rev': 'legacy' } })
  seedNamespace(kube, { name: 'outside' })
  seedWorkload(kube, { namespace: 'plain', name: 'asleep', replicas: 0, podLabels: { 'istio.io/rev': 'legacy' } })
  // Of a Job that is suspended no pod is there, nor of a ReplicaSet at zero.
  const labels = { app: 'later', 'istio.io/rev': 'legacy' }
  const template = { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'registry.example.com/a:1' }] } }
  kube.put({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'later', namespace: 'outside' },
    spec: { suspend: true, template },
  })
  expect(await clickCard(rig, before, 'U0MEI', 'approval.approve')).toContain('CLUSTER_CHANGED')
  await said(rig, 'Something still leads to default: ')
  const card = await openCard(rig, 'rehearsal')
  const answer = await clickCard(rig, card, 'U0MEI', 'approval.approve')
  expect(answer).toContain('OLD_STILL_RESOLVED')
  for (const name of ['tag legacy', 'late', 'istio.io/rev=legacy: outside, plain']) expect(answer).toContain(name)
}, 120_000)

test('a webhook that would be left calling OLD keeps it, named, although it carries OLD’s label', async () => {
  const { kube, rig } = await aMigratedStage()
  const before = await openCard(rig, 'rehearsal')
  const nobodyYet = { matchLabels: { team: 'of-next-year' } }
  kube.put(foreignWebhook('MutatingWebhookConfiguration', 'stamps', 'stamp.example.com'))
  kube.put(foreignWebhook('MutatingWebhookConfiguration', 'early', 'early.sidecar-injector.istio.io', nobodyYet))
  kube.put(foreignWebhook('ValidatingWebhookConfiguration', 'checks', 'check.example.com'))
  expect(await clickCard(rig, before, 'U0MEI', 'approval.approve')).toMatch(/CLUSTER_CHANGED|OLD_STILL_RESOLVED/)
  await said(rig, 'Something still leads to default: ')
  const card = await openCard(rig, 'rehearsal')
  const answer = await clickCard(rig, card, 'U0MEI', 'approval.approve')
  expect(answer).toContain('OLD_STILL_RESOLVED')
  for (const name of ['webhook stamps', 'injector early', 'webhook checks']) expect(answer).toContain(name)
}, 120_000)

test('a webhook that appears while OLD goes, and calls what went, takes the retirement back', async () => {
  const { kube, rig } = await aMigratedStage()
  await startRetire(rig)
  await until(() => !oldIsThere(kube), 20_000)
  kube.put(foreignWebhook('ValidatingWebhookConfiguration', 'checks', 'check.example.com'))
  await said(rig, 'Undone: retire', 'checks → missing istio-system/istiod')
  expect(oldIsThere(kube)).toBe(true)
}, 120_000)

test('another process of an istiod begins the quiet time anew, a restart of our worker does not', async () => {
  const { kube, rig, passTime } = await aMigratedStage()
  const card = await openCard(rig, 'rehearsal')
  await rig.worker().stop()
  await rig.addWorker()
  await until(async () => !(await clickCard(rig, card, 'U0MEI', 'approval.approve')).includes('CENSUS_STALE'), 20_000)
  await said(rig, 'Approved, waiting for Start: rehearsal')
  restart(kube, 'istiod')
  await said(rig, 'Withdrawn: rehearsal')
  await answers(rig, 'status', /Nobody has used default since/)
  passTime(DAY_MS)
  await openCard(rig, 'rehearsal')
  expect(replicas(kube)).toBe(2)
}, 120_000)

test('a rehearsal that turns bad is ended at once: OLD is back, and a new card is asked for only by a person', async () => {
  const { kube, rig, tenants } = await aMigratedStage({ rig: { times: { rehearsal: 60_000 } } })
  await startRehearsal(rig)
  await until(() => replicas(kube) === 0, 20_000)
  redeploy(kube, 'pay', 'web', OLD)
  await until(() => replicas(kube) === 2, 20_000)
  await said(rig, 'somebody misses')
  await aWhile()
  expect(isAsked(rig, 'retire the old')).toBe(false)
  expect(isAsked(rig, 'rehearsal')).toBe(false)
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
}, 120_000)

test('without the right to remove a control plane nobody approves; with it again the same card is approved', async () => {
  const { kube, rig } = await aMigratedStage()
  const card = await openCard(rig, 'rehearsal')
  const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']
  const everywhere = { apiGroups: ['*'], resources: ['*'] }
  kube.addUser({ token: kube.token, name: 'admin', rules: [{ verbs, ...everywhere }] })
  expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain('INSTALL_RIGHTS_MISSING')
  kube.addUser({ token: kube.token, name: 'admin', rules: [{ verbs: ['*'], ...everywhere }] })
  expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain('已批准')
}, 120_000)

test('what the removal would take with it although it is no control plane is named: CNI’s agents', async () => {
  const { kube, rig } = await aMigratedStage()
  await openCard(rig, 'rehearsal')
  kube.put({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      name: 'istio-cni-node',
      namespace: 'istio-system',
      labels: {
        'istio.io/rev': 'default',
        'operator.istio.io/component': 'Cni',
        'install.operator.istio.io/owning-resource-namespace': 'istio-system',
      },
    },
    spec: { selector: { matchLabels: { k: 'cni' } }, template: { metadata: { labels: { k: 'cni' } } } },
  })
  const card = await openCard(rig, 'rehearsal')
  const answer = await clickCard(rig, card, 'U0MEI', 'approval.approve')
  expect(answer).toContain('OLD_HAS_OTHERS')
  expect(answer).toContain('istio-cni-node')
  expect(replicas(kube)).toBe(2)
}, 120_000)

test('an API server that falters as OLD is put back does not leave it at zero', async () => {
  const { kube, rig } = await aMigratedStage()
  await startRehearsal(rig)
  await until(() => replicas(kube) === 0, 20_000)
  const lift = kube.trouble({ kind: 'status', code: 429, method: 'PATCH', path: /deployments\/istiod/ })
  await new Promise((resolve) => setTimeout(resolve, 6000))
  expect(replicas(kube)).toBe(0)
  lift()
  await until(() => replicas(kube) === 2, 20_000)
  await said(rig, 'rehearsal of the retirement')
}, 120_000)

test('what Helm made is not ours to remove: the card names it; once it is gone by its own tool, the next upgrade may begin', async () => {
  const { kube, rig } = await aMigratedStage()
  await openCard(rig, 'rehearsal')
  const old = kube.get('apps/v1', 'Deployment', 'istiod', 'istio-system')
  if (!old) throw new Error('there is no istiod')
  const annotations = { 'meta.helm.sh/release-name': 'istiod', 'meta.helm.sh/release-namespace': 'istio-system' }
  kube.put({ ...old, metadata: { ...old.metadata, annotations } }, 'helm')
  const card = await openCard(rig, 'rehearsal')
  const answer = await clickCard(rig, card, 'U0MEI', 'approval.approve')
  expect(answer).toContain('OLD_NOT_OURS_TO_REMOVE')
  await reject(rig, card, 'U0SRE', 'helm goes first')
  expect(await answerTo(rig, 'U0LEE', 'upgrade to 1.31.0')).toContain('RUN_ACTIVE')
  kube.remove('apps/v1', 'Deployment', 'istiod', 'istio-system')
  await until(async () => !(await answerTo(rig, 'U0LEE', 'upgrade to 1.31.0')).includes('RUN_ACTIVE'), 20_000)
}, 120_000)
