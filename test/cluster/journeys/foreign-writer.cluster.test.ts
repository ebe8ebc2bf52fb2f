import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { said } from '../../support/people.ts'
import { installByIstioctl, setTag } from '../harness/installs.ts'
import type { KubeObject } from '../harness/kube-api.ts'
import type { Mesh } from '../harness/mesh.ts'
import { deployTenants, probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { install, rollBack, stageFor, startSwitch } from './stage.ts'

type Webhooks = KubeObject & {
  readonly webhooks?: readonly { readonly name: string; readonly clientConfig: { readonly service?: unknown } }[]
}

const ALL = tenants('default')
const NO_PODS = { pods: '0' }
const stage = stageFor({
  prepare: async (mesh) => {
    await installByIstioctl(mesh, '1.30.0')
    await setTag(mesh, '1.30.0', 'prod-stable', 'default')
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL),
})

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

test('5b. another writer puts the webhook back: an alarm within ten seconds names it, and nothing fights it', async () => {
  const { mesh, rig, during, loop } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  let waited = 0
  const put = await during(async () => {
    await loop.round()
    const stop = mesh.keepPuttingBack(before, 500, 'argocd-controller')
    const at = Date.now()
    await said(rig, 'instead of 1-31-0', 'argocd-controller')
    waited = Date.now() - at
    await sleep(4000)
    // Its first write was its last: nobody had changed the object again.
    expect(await stop()).toBe(1)
  })
  expect(waited).toBeLessThan(10_000)
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

async function liftQuota(mesh: Mesh): Promise<void> {
  await mesh.api.need('DELETE', '/api/v1/namespaces/payments/resourcequotas/quota')
  await mesh.waitFor('pods to be admitted again', async () => (await mesh.dryRunPod('payments')).status < 300)
  await stage().loop.round()
}
