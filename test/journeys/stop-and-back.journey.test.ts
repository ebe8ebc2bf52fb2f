import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import { sidecarOf } from '../../src/sandbox/kube-server/seed/sidecar-of.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { askUpgrade, command, install, rollBack, startInstall, startSwitch, switchOver } from '../support/acts.ts'
import { answers } from '../support/answers.ts'
import { openCard, said } from '../support/people.ts'
import { DAY_MS } from '../support/retire-acts.ts'
import type { Rig } from '../support/rig.ts'
import { aStage } from './stage.ts'
import { until } from '../support/until.ts'

function newIstiod(kube: KubeServer): unknown {
  return kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')
}

function istioctlSays(rig: Rig, line: string): Promise<unknown> {
  return until(() => rig.log.some((each) => each.includes(line)))
}

test('stop lets the running step end, and nothing new starts until resume', async () => {
  const { kube, rig, istioctl, tenants } = await aStage()
  istioctl['1.31.0']?.behave({ slowAt: 'apply:Deployment', slowMs: 3000 })
  await startInstall(rig)
  await istioctlSays(rig, 'Processing resources for Istiod')
  await command(rig, 'U0SRE', 'stop')
  await until(() => newIstiod(kube))
  await until(() =>
    kube.get(
      'admissionregistration.k8s.io/v1',
      'ValidatingWebhookConfiguration',
      'istio-validator-1-31-0-istio-system',
    ),
  )
  await new Promise((resolve) => setTimeout(resolve, 3000))
  expect(rig.slack.messages(rig.channel).some((one) => rig.slack.text(one).includes('approve the switch'))).toBe(false)
  expect(rig.slack.messages(rig.channel).some((one) => rig.slack.text(one).includes('Done: install'))).toBe(false)
  await command(rig, 'U0SRE', 'resume')
  await openCard(rig, 'switch')
  expect(tenants.seen('shop')).toEqual(['default'])
}, 120_000)

test('stop in the middle of the switch leaves the rest of the classes where they are, until resume', async () => {
  const { rig, tenants } = await aStage()
  await install(rig)
  await startSwitch(rig)
  await until(() => tenants.seen('shop').includes('1-31-0'))
  await command(rig, 'U0SRE', 'stop')
  await said(rig, 'Stopped')
  await new Promise((resolve) => setTimeout(resolve, 2500))
  const pay = await tenants.now('pay')
  await new Promise((resolve) => setTimeout(resolve, 2000))
  expect(await tenants.now('pay')).toBe(pay)
  expect(await tenants.now('shop')).toBe('1-31-0')
  expect(rig.slack.messages(rig.channel).some((one) => rig.slack.text(one).includes('Done: switch'))).toBe(false)
  await command(rig, 'U0SRE', 'resume')
  await said(rig, 'Done: switch')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  expect(tenants.seen('pay')).toEqual(['default', '1-31-0'])
}, 120_000)

test('whoever stops is told what new pods get, and goes back by the button of the answer', async () => {
  const { rig, tenants } = await aStage()
  await switchOver(rig)
  const seen = await command(rig, 'U0MEI', 'stop')
  const answer = await rig.slack.waitFor(() => seen.answers().findLast((one) => rig.slack.text(one).includes('1.31')))
  expect(rig.slack.text(answer)).toMatch(/(New pods still get|新建 Pod 仍使用) 1\.31/)
  expect(rig.slack.text(answer)).toMatch(/\[(Roll back: new pods get|回退：新建 Pod 使用) 1\.30/)
  await rig.slack.click({ user: 'U0MEI', channel: rig.channel, ts: answer.ts, actionId: 'run.undo' })
  await said(rig, 'Returned: ')
  expect(await tenants.now('shop')).toBe('default')
}, 120_000)

test('a rollback in the middle of the install cancels istioctl and leaves nothing of the new one', async () => {
  const { kube, rig, istioctl, tenants } = await aStage()
  istioctl['1.31.0']?.behave({ slowAt: 'ready', slowMs: 60_000 })
  await startInstall(rig)
  await until(() => newIstiod(kube))
  istioctl['1.31.0']?.behave({})
  await rollBack(rig)
  expect(newIstiod(kube)).toBeUndefined()
  expect(
    kube.list('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration').map((o) => o.metadata.name),
  ).not.toContain('istio-sidecar-injector-1-31-0')
  expect(tenants.seen('shop')).toEqual(['default'])
  await askUpgrade(rig)
}, 120_000)

test('a rollback in the middle of the switch gives every class the old one again', async () => {
  const { kube, rig, tenants } = await aStage()
  await install(rig)
  await startSwitch(rig)
  await until(() => tenants.seen('shop').includes('1-31-0'))
  await rollBack(rig)
  expect(await tenants.now('shop')).toBe('default')
  expect(await tenants.now('pay')).toBe('default')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
  expect(newIstiod(kube)).toBeUndefined()
}, 120_000)

test('a rollback while an approval is open withdraws the card and removes the new one', async () => {
  const { kube, rig, tenants } = await aStage()
  const card = await install(rig)
  await rollBack(rig)
  expect(rig.slack.text(rig.slack.message(rig.channel, card.ts) ?? card)).not.toContain('[Approve')
  expect(newIstiod(kube)).toBeUndefined()
  expect(tenants.seen('shop')).toEqual(['default'])
}, 120_000)

test('after pods have moved a rollback gives new pods the old one, and the new one stays for those', async () => {
  const { kube, rig, tenants } = await aStage()
  await switchOver(rig)
  seedWorkload(kube, { namespace: 'shop', name: 'moved', replicas: 1, inject: sidecarOf('1-31-0', '1.31.0') })
  const pods = tenants.pods()
  await command(rig, 'U0MEI', 'rollback')
  await said(rig, 'Returning')
  expect(await tenants.now('shop')).toBe('default')
  expect(await tenants.now('pay')).toBe('default')
  expect(newIstiod(kube)).toBeDefined()
  expect(tenants.pods()).toEqual(pods)
}, 120_000)

test('a proxy that no pod explains keeps the new one on the way back', async () => {
  const { kube, rig, tenants } = await aStage()
  await switchOver(rig)
  // A pod that has ended for the API server and is still connected.
  const [ghost] = seedWorkload(kube, {
    namespace: 'shop',
    name: 'ghost',
    replicas: 1,
    inject: sidecarOf('1-31-0', '1.31.0'),
  })
  kube.put({ ...ghost!, status: { ...(ghost?.['status'] as object), phase: 'Succeeded' } })
  await command(rig, 'U0MEI', 'rollback')
  await said(rig, 'Returning', '1 proxy')
  expect(await tenants.now('shop')).toBe('default')
  expect(newIstiod(kube)).toBeDefined()
}, 120_000)

test('an istiod of the new one that gives no answer keeps it on the way back', async () => {
  const { kube, rig, tenants } = await aStage()
  await switchOver(rig)
  kube.trouble({ kind: 'status', code: 503, path: /istiod-1-31-0[^/]*15014\/proxy\/metrics/ })
  await command(rig, 'U0MEI', 'rollback')
  await said(rig, 'Returning', 'proxies: unknown')
  expect(await tenants.now('shop')).toBe('default')
  expect(newIstiod(kube)).toBeDefined()
}, 120_000)

test('evidence goes when it is older than the file keeps it, and the report names it no more, also after a flush', async () => {
  const { rig, passTime } = await aStage({ rig: { settings: { evidenceKeepMs: 400 * DAY_MS } } })
  await install(rig)
  await rollBack(rig)
  expect(await answers(rig, 'report', /everything was undone/)).toMatch(/\S+\.json, \S+\.html/)
  const folder = rig.parts.evidence?.folder ?? ''
  writeFileSync(join(folder, 'notes.json'), '')
  passTime(399 * DAY_MS)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  expect(readdirSync(folder)).toHaveLength(3)

  passTime(2 * DAY_MS)
  await until(() => readdirSync(folder).length === 1)
  expect(await answers(rig, 'report', /meshferry ctl report/)).toMatch(/everything was undone/)
  await rig.redis.flush()
  await answers(rig, 'report', /everything was undone[^]+meshferry ctl report/)
  expect(readdirSync(folder)).toEqual(['notes.json'])
}, 120_000)
