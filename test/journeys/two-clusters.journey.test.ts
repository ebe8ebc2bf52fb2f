import { expect, test } from '@jest/globals'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { install, rollBack, startSwitch } from '../support/acts.ts'
import { answers, asked } from '../support/answers.ts'
import { openCard, said } from '../support/people.ts'
import type { Rig } from '../support/rig.ts'
import { until } from '../support/until.ts'
import { aCluster, aStage } from './stage.ts'
import { watchTenants } from './tenants.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** prod-a and prod-b, each with its channel, API server and worker; one Redis, one bot; payments has pods on both. */
async function twoClusters() {
  const ofPayments = (kube: KubeServer): void => {
    seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable', team: 'payments' } })
  }
  const second = await aCluster({ prepare: ofPayments })
  const { kubeconfig, binaries } = second
  const other = { cluster: 'prod-b', kubeconfig, istioctl: binaries, channel: { id: 'C0PRODB', name: 'prod-b' } }
  const teams = { payments: { channel: 'C0PAY' } }
  const stage = await aStage({
    prepare: ofPayments,
    rig: { others: [other], teams, channels: [{ id: 'C0PAY', name: 'payments' }] },
  })
  stage.passTime(DAY_MS + 12 * HOUR_MS - (Date.now() % DAY_MS))
  return {
    ...stage,
    a: stage.rig,
    b: stage.rig.of('prod-b'),
    kubeB: second.kube,
    tenantsB: watchTenants(second.kube, ['shop']),
  }
}

function heads(rig: Rig, channel: string): readonly string[] {
  return rig.slack.messages(channel).map((message) => rig.slack.text(message).split('\n')[0] ?? '')
}

test('runs side by side: each card, digest and reminder names its own cluster; a status without a name shows both', async () => {
  const { a, b, passTime, tenants, tenantsB } = await twoClusters()
  try {
    await Promise.all([install(a), install(b)])
    await answers(a, 'approvals', /prod-a[\s\S]*prod-b|prod-b[\s\S]*prod-a/, 'U0MEI')
    await Promise.all([startSwitch(a), startSwitch(b)])
    await Promise.all([said(a, 'Done: switch'), said(b, 'Done: switch')])
    expect([await tenants.now('shop'), await tenantsB.now('shop')]).toEqual(['1-31-0', '1-31-0'])
    await answers(a, 'status', /prod-a[\s\S]*0 of 4[\s\S]*prod-b[\s\S]*0 of 4/)
    await until(() => heads(a, 'C0PAY').length === 2)
    expect(heads(a, 'C0PAY').join('\n')).toMatch(/prod-a[\s\S]*prod-b|prod-b[\s\S]*prod-a/)
    passTime(9 * HOUR_MS + 60_000)
    await until(() => [a, b].every((rig) => heads(rig, rig.channel).some((head) => head.startsWith('## 🌙'))))
    expect(heads(a, a.channel).filter((head) => head.includes('prod-b'))).toEqual([])
    expect(heads(b, b.channel).filter((head) => head.includes('prod-a'))).toEqual([])
  } finally {
    await tenantsB.stop()
  }
}, 180_000)

test('one worker gone leaves the other alone; what was asked of the one that is gone is said to be unheard', async () => {
  const { a, b, kubeB, tenants, tenantsB } = await twoClusters()
  try {
    await Promise.all([install(a), install(b)])
    await b.worker().stop()
    await startSwitch(a)
    await said(a, 'Done: switch')
    await rollBack(a)
    expect(tenants.seen('shop')).toEqual(['default', '1-31-0', 'default'])
    expect(tenantsB.seen('shop')).toEqual(['default'])
    const status = await asked(a, 'status prod-b')
    expect(status).toContain('prod-b')
    expect(kubeB.get('apps/v1', 'Deployment', 'istiod-1-31-0', 'istio-system')).toBeDefined()
    expect(await openCard(b, 'switch')).toBeDefined()
  } finally {
    await tenantsB.stop()
  }
}, 180_000)
