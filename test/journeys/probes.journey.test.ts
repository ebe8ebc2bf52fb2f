import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from '@jest/globals'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { askUpgrade, install, startInstall, startSwitch } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import { startRehearsal } from '../support/retire-acts.ts'
import { aMigratedStage } from './migrated.ts'
import { aStage } from './stage.ts'

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

/** A page of a tenant's, which answers as it is told. */
async function aShop() {
  const shop = { status: 200, asked: 0 }
  const server = createServer((_, response) => {
    shop.asked += 1
    response.writeHead(shop.status).end('hello')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  const probe = { name: 'shop', everyMs: 100, windowMs: 60_000, allowed: 0 }
  return Object.assign(shop, {
    server,
    probe: { ...probe, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz` },
  })
}

/** Does so once, at the first write to what gives new pods their sidecar. */
function atTheFlip(kube: KubeServer, act: () => void): void {
  const end = kube.listen(({ object }) => {
    if (object.kind !== 'MutatingWebhookConfiguration' || object.metadata.labels?.['istio.io/rev'] !== '1-31-0') return
    if (object.metadata.labels['istio.io/tag'] === undefined) return
    end()
    act()
  })
}

test('tenants’ URLs are asked through every phase: the result says how it went; nobody is asked between phases', async () => {
  const shop = await aShop()
  const { rig } = await aStage({ rig: { probes: [shop.probe] } })
  await install(rig)
  expect(rig.slack.text(await said(rig, 'Done: install'))).toMatch(/Probe shop: \d+ requests, 0 failed/)
  const between = shop.asked
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(shop.asked - between).toBeLessThan(3)
  await startSwitch(rig)
  expect(rig.slack.text(await said(rig, 'Done: switch'))).toMatch(/Probe shop: \d+ requests, 0 failed.+p99 \d+ ms/)
  expect(shop.asked - between).toBeGreaterThan(5)
}, 120_000)

test('what tenants would notice in the switch undoes it at once', async () => {
  const shop = await aShop()
  const { kube, rig, tenants } = await aStage({ rig: { probes: [shop.probe] } })
  await install(rig)
  atTheFlip(kube, () => (shop.status = 503))
  await startSwitch(rig)
  const undone = rig.slack.text(await said(rig, 'Undone: switch'))
  expect(undone).toContain('The probe shop failed 1 of')
  expect(undone).toMatch(/Probe shop: \d+ requests, [1-9]\d* failed/)
  expect(await tenants.now('shop')).toBe('default')
  expect(tenants.seen('plain')).toEqual(['none'])
}, 120_000)

test('a switch that leaves an outage behind is undone, although its budget is not spent', async () => {
  const shop = await aShop()
  const { kube, rig, tenants } = await aStage({ rig: { probes: [{ ...shop.probe, allowed: 1_000_000 }] } })
  await install(rig)
  atTheFlip(kube, () => (shop.status = 503))
  await startSwitch(rig)
  const undone = rig.slack.text(await said(rig, 'Undone: switch'))
  expect(undone).toContain('After the last proof the probe shop still got no good answer')
  expect(await tenants.now('shop')).toBe('default')
}, 120_000)

test('a URL that gives no answer, or a bad one, closes the gate: unknown is not taken as well', async () => {
  const shop = await aShop()
  const { kube, rig } = await aStage({ rig: { probes: [shop.probe] } })
  shop.status = 500
  const card = await askUpgrade(rig)
  expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain('HTTP_PROBE_FAILING')
  await new Promise((resolve) => shop.server.close(resolve))
  expect(await clickCard(rig, card, 'U0MEI', 'approval.approve')).toContain('HTTP_PROBE_SILENT')
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
}, 120_000)

test('an install during which tenants’ URLs fail is undone', async () => {
  const shop = await aShop()
  const { kube, rig, istioctl } = await aStage({ rig: { probes: [shop.probe] } })
  istioctl['1.31.0']?.behave({ slowAt: 'ready', slowMs: 20_000 })
  await startInstall(rig)
  const end = kube.listen(({ object }) => {
    if (object.kind !== 'Deployment' || object.metadata.name !== 'istiod-1-31-0') return
    end()
    shop.status = 502
  })
  expect(rig.slack.text(await said(rig, 'Undone: install'))).toContain('The last: HTTP 502')
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
}, 120_000)

test('a rehearsal during which tenants’ URLs fail is ended at once, and OLD is back', async () => {
  const shop = await aShop()
  const { kube, rig } = await aMigratedStage({ rig: { probes: [shop.probe], times: { rehearsal: 120_000 } } })
  const replicas = (): unknown =>
    (kube.get('apps/v1', 'Deployment', 'istiod', 'istio-system')?.['spec'] as { replicas?: number } | undefined)
      ?.replicas
  await openCard(rig, 'rehearsal')
  await startRehearsal(rig)
  await rig.slack.waitFor(() => (replicas() === 0 ? true : undefined), 20_000)
  shop.status = 503
  const undone = await said(rig, 'Undone: rehearsal')
  expect(rig.slack.text(undone)).toContain('The probe shop failed 1 of')
  expect(replicas()).toBe(2)
}, 180_000)
