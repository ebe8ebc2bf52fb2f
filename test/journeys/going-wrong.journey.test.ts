import { expect, test } from '@jest/globals'
import type { KubeObject } from '../../src/sandbox/kube-server/kube-object.ts'
import { command, install, startInstall, startSwitch, switchOver } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import { aStage } from './stage.ts'
import { until } from '../support/until.ts'

const REGISTRATION = 'admissionregistration.k8s.io/v1'

test('an install that fails is undone, the default untouched, and can be asked for again', async () => {
  const { kube, rig, istioctl, tenants } = await aStage()
  istioctl['1.31.0']?.behave({ failAt: 'ready', failWith: 'timed out waiting for the condition' })
  await startInstall(rig)
  const progress = await said(rig, 'Undone: install')
  expect(rig.slack.text(progress)).toContain('timed out waiting for the condition')
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  expect(kube.get('v1', 'Service', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  istioctl['1.31.0']?.behave({})
  await clickCard(rig, progress, 'U0LEE', 'approval.reask')
  await clickCard(rig, await openCard(rig, 'install'), 'U0MEI', 'approval.approve')
  await openCard(rig, 'switch')
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeDefined()
  expect(tenants.seen('shop')).toEqual(['default'])
}, 120_000)

test('a class that cannot be proven before is not switched: nothing is written, and it can be asked for again', async () => {
  const { kube, rig, tenants } = await aStage()
  await install(rig)
  const lift = kube.denyPods({ namespace: 'pay', kind: 'exceededQuota', quota: 'compute' })
  const writes = () =>
    kube.log.filter(({ method, url }) => method.startsWith('P') && url.includes('istio-revision-tag')).length
  const before = writes()
  await startSwitch(rig)
  const progress = await said(rig, 'Undone: switch', 'quota')
  expect(await tenants.now('pay')).toMatch(/exceeded quota/)
  expect(tenants.seen('shop')).toEqual(['default'])
  expect(writes()).toBe(before)
  lift()
  await clickCard(rig, progress, 'U0LEE', 'approval.reask')
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  expect(await tenants.now('shop')).toBe('1-31-0')
  expect(await tenants.now('pay')).toBe('1-31-0')
}, 120_000)

test('a quota that begins in the middle of the switch halts it, and nothing is guessed', async () => {
  const { kube, rig, tenants } = await aStage()
  await install(rig)
  const flipped = until(() => tenants.seen('shop').includes('1-31-0'))
  await startSwitch(rig)
  await flipped
  const lift = kube.denyPods({
    namespace: 'pay',
    kind: 'policy',
    webhook: 'policy.example.com',
    message: 'no team label',
  })
  await said(rig, 'Halted')
  expect(await tenants.now('shop')).toBe('1-31-0')
  lift()
  await command(rig, 'U0MEI', 'resume')
  await said(rig, 'Done: switch')
  expect(await tenants.now('pay')).toBe('1-31-0')
}, 120_000)

test('a way back that cannot be proven calls for the on-call once, over a killed worker and a flush, until somebody resumes', async () => {
  const { kube, rig, tenants } = await aStage()
  await switchOver(rig)
  const switched = await said(rig, 'Switched: ')
  const lift = kube.denyPods({ namespace: 'pay', kind: 'exceededQuota', quota: 'compute' })
  await command(rig, 'U0MEI', 'rollback')
  const call = await said(rig, 'stands still')
  expect(JSON.stringify(call.versions[0])).toContain('<@U0SRE>')
  expect(Number(call.ts)).toBeGreaterThan(Number(switched.ts))
  expect(rig.slack.text(call)).toMatch(/the way back on prod-a[^]*could not be proven[^]*undo commands/)
  const isKnown = () => JSON.stringify(kube.get('v1', 'ConfigMap', 'messages', 'meshferry') ?? '').includes('.call.1')
  await until(isKnown)

  await rig.redis.flush()
  await rig.worker().stop()
  await rig.addWorker()
  lift()
  await command(rig, 'U0MEI', 'resume')
  await said(rig, 'Returned: ')
  await until(() => rig.slack.text(call).includes('somebody has seen to it'))
  expect(rig.slack.text(call)).not.toContain('[')
  const calls = rig.slack
    .messages(rig.channel)
    .filter((one) => JSON.stringify(one.versions[0]).includes('stands still'))
  expect(calls).toHaveLength(1)
  expect(await tenants.now('shop')).toBe('default')
}, 120_000)

test('another writer who puts the tag back is named by an alarm within 10 s, and not fought', async () => {
  const { kube, rig, tenants } = await aStage()
  const before = kube.get(REGISTRATION, 'MutatingWebhookConfiguration', 'istio-revision-tag-prod-stable')
  await install(rig)
  await startSwitch(rig)
  await said(rig, 'Done: switch')
  const { resourceVersion: _, managedFields: __, ...metadata } = before?.metadata ?? { name: '' }
  const put = Date.now()
  kube.put({ ...before, metadata } as KubeObject, 'helm')
  await said(rig, 'helm')
  expect(Date.now() - put).toBeLessThan(10_000)
  expect(await tenants.now('pay')).toBe('default')
  expect(await tenants.now('shop')).toBe('1-31-0')
}, 120_000)
