import { expect, test } from '@jest/globals'
import { command, install, startInstall, startSwitch, switchOver } from '../support/acts.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import type { Rig } from '../support/rig.ts'
import { aStage } from './stage.ts'
import { until } from '../support/until.ts'

/** A second worker stands by; the first, which leads, is stopped. */
async function handOver(rig: Rig): Promise<void> {
  const first = rig.worker()
  await rig.addWorker()
  await first.stop()
}

test('another worker takes over while a card waits, and in the middle of the install', async () => {
  const { kube, rig, istioctl, tenants } = await aStage()
  await command(rig, 'U0LEE', 'upgrade to 1.31.0')
  const card = await openCard(rig, 'install')
  await handOver(rig)
  istioctl['1.31.0']?.behave({ slowAt: 'ready', slowMs: 4000 })
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  await until(() => kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system'))
  await handOver(rig)
  await openCard(rig, 'switch')
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeDefined()
  expect(tenants.seen('shop')).toEqual(['default'])
}, 120_000)

test('another worker takes over in the middle of the switch: each class moves once', async () => {
  const { rig, tenants } = await aStage()
  await install(rig)
  await startSwitch(rig)
  await until(() => tenants.seen('shop').includes('1-31-0'))
  await handOver(rig)
  await said(rig, 'Done: switch')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0'])
  expect(tenants.seen('pay')).toEqual(['default', '1-31-0'])
}, 120_000)

test('another worker takes over in the middle of the way back', async () => {
  const { kube, rig, tenants } = await aStage()
  await switchOver(rig)
  await command(rig, 'U0MEI', 'rollback')
  await until(() => tenants.seen('shop').at(-1) === 'default')
  await handOver(rig)
  await said(rig, 'Returned: ')
  expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
  expect(tenants.seen('pay')).toEqual(['default', '1-31-0', 'default'])
  expect(kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
}, 120_000)

test('another worker takes over an install that must be undone', async () => {
  const { kube, rig, istioctl, tenants } = await aStage()
  istioctl['1.31.0']?.behave({ slowAt: 'ready', slowMs: 60_000 })
  await startInstall(rig)
  await until(() => kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system'))
  istioctl['1.31.0']?.behave({ slowAt: 'delete', slowMs: 1500 })
  await command(rig, 'U0MEI', 'rollback')
  await until(() => !kube.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system'))
  await handOver(rig)
  await said(rig, 'Returned: ')
  expect(kube.get('v1', 'Service', 'istiod-1-31-0', 'istio-system')).toBeUndefined()
  expect(tenants.seen('shop')).toEqual(['default'])
}, 120_000)
