import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { WORKER_TIMES } from '../../../src/compose/worker-times.ts'
import { said } from '../../support/people.ts'
import { mustSucceed, setTag } from '../harness/installs.ts'
import type { KubeObject } from '../harness/kube-api.ts'
import type { Mesh } from '../harness/mesh.ts'
import { probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { install, rollBack, stageFor, startSwitch } from './stage.ts'
import { tagged } from './tagged.ts'

type Webhooks = KubeObject & {
  readonly webhooks?: readonly { readonly name: string; readonly clientConfig: { readonly service?: unknown } }[]
}

const ALL = tenants('default')
const NO_PODS = { pods: '0' }
const stage = stageFor({
  prepare: tagged(ALL),
  classes: probeClasses(ALL),
  // The guard looks as often as it does in production: ten seconds are measured with its own times.
  rig: { times: { tick: WORKER_TIMES.tick, proofEvery: WORKER_TIMES.proofEvery } },
})

/** Promise 3: what new pods don't get as they should is told within this. */
const TOLD_WITHIN_MS = 10_000

/** The default tag as it was before the switch: what another writer believes to be right. */
let before: KubeObject

test('5a. a quota that refuses the probe is no gap: the switch halts and asks, and goes on when it is lifted', async () => {
  const { mesh, rig, during } = stage()
  await install(rig)
  before = await tag(mesh)
  const halted = await during(
    async () => {
      await startSwitch(rig)
      await mesh.waitFor('the default tag to be moved', async () => leadsTo(await tag(mesh)) === 'istiod-1-31-0')
      await mesh.applyQuota('payments', NO_PODS)
      await said(rig, 'Halted, needs a person: switch', 'A quota (quota) refuses the probe pod')
    },
    { allowUnprovable: true },
  )
  expect(halted.faults).toEqual([])
  expect(halted.revisions['catalog/search']).toEqual(['default', '1-31-0'])
  expect(leadsTo(await tag(mesh))).toBe('istiod-1-31-0')

  await liftQuota(mesh)
  const resumed = await during(async () => {
    await rig.slack.command({ user: 'U0MEI', channel: rig.channel, text: 'resume' })
    await said(rig, 'Done: switch')
  })
  expect(resumed.faults).toEqual([])
  expect(resumed.revisions['payments/api']).toEqual(['1-31-0'])

  await mesh.applyQuota('payments', NO_PODS)
  await sleep(5000)
  expect(leadsTo(await tag(mesh))).toBe('istiod-1-31-0')
  expect(alarms()).toEqual([])
  await liftQuota(mesh)
}, 300_000)

test('5b. told within ten seconds after the switch, nothing undone: a class that cannot be proven, a label nobody serves, one of a tag on OLD', async () => {
  const { mesh, rig, during } = stage()
  const noticed = await during(
    async () => {
      await mesh.applyQuota('orders', NO_PODS)
      await toldInTime('Alarm on', 'cannot be proven at the moment', 'A quota (quota) refuses the probe pod', 'orders')
      await liftQuota(mesh, 'orders')
      await said(rig, 'Alarm over', 'cannot be proven at the moment')

      await mesh.makeNamespace('typo', { 'istio.io/rev': 'prod-stabel' })
      await toldInTime('Alarm on', 'revision:prod-stabel', 'typo', 'do not get their sidecar')
      await label(mesh, 'typo', 'istio.io/rev=prod-stable')
      await said(rig, 'Alarm over', 'revision:prod-stabel')

      await setTag(mesh, '1.30.0', 'blue', 'default')
      await mesh.makeNamespace('sea', { 'istio.io/rev': 'blue' })
      await toldInTime('Alarm on', 'tag:blue', 'sea', 'get default, and this upgrade does not move them')
      await label(mesh, 'sea', 'istio.io/rev-')
      await said(rig, 'Alarm over', 'tag:blue')
    },
    { allowUnprovable: true },
  )
  expect(noticed.faults).toEqual([])
  expect(noticed.revisions['payments/api']).toEqual(['1-31-0'])
  // That somebody made a tag is told as well.
  expect(new Set(alarms().map((line) => /"(ALARM_\w+)"/.exec(line)?.[1]))).toEqual(
    new Set(['ALARM_UNPROVEN', 'ALARM_UNSERVED', 'ALARM_UNPLANNED', 'ALARM_CHANGED']),
  )
}, 300_000)

test('5c. another writer puts the webhook back: an alarm within ten seconds names it, and nothing fights it', async () => {
  const { mesh, rig, during, loop } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const put = await during(async () => {
    await loop.round()
    const stop = mesh.keepPuttingBack(before, 500, 'argocd-controller')
    await toldInTime('instead of 1-31-0', 'argocd-controller')
    await sleep(4000)
    // Its first write was its last: nobody had changed the object again.
    expect(await stop()).toBe(1)
  })
  expect(put.faults).toEqual([])
  expect(put.revisions['payments/api']).toEqual(['1-31-0', 'default'])
  expect(services(await tag(mesh))).toEqual(services(before))

  const back = await during(async () => {
    await rollBack(rig)
    await said(rig, 'Returned')
  })
  expect(back.faults).toEqual([])
  expect(back.revisions['payments/api']).toEqual(['default'])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 300_000)

async function tag(mesh: Mesh): Promise<Webhooks> {
  const found = await mesh.object<Webhooks>('mutatingwebhookconfigurations', 'istio-revision-tag-default')
  if (!found) throw new Error('the default tag is gone')
  return found
}

function services(object: Webhooks): readonly unknown[] {
  return (object.webhooks ?? []).map(({ name, clientConfig }) => [name, clientConfig.service])
}

function leadsTo(object: Webhooks): unknown {
  return (object.webhooks?.[0]?.clientConfig.service as { readonly name?: string } | undefined)?.name
}

function alarms(): readonly string[] {
  return stage().rig.log.filter((line) => line.includes('"ALARM_'))
}

async function liftQuota(mesh: Mesh, namespace = 'payments'): Promise<void> {
  await mesh.api.need('DELETE', `/api/v1/namespaces/${namespace}/resourcequotas/quota`)
  await mesh.waitFor('pods to be admitted again', async () => (await mesh.dryRunPod(namespace)).status < 300)
  await stage().loop.round()
}

async function label(mesh: Mesh, namespace: string, change: string): Promise<void> {
  mustSucceed(await mesh.kubectl(['label', '--overwrite', 'namespace', namespace, change]), `label ${change}`)
}

/** What has just been done to the cluster is told in the channel in time. */
async function toldInTime(...parts: readonly string[]): Promise<void> {
  const since = Date.now()
  await said(stage().rig, ...parts)
  expect(Date.now() - since).toBeLessThan(TOLD_WITHIN_MS)
}
