import { expect, test } from '@jest/globals'
import { definition } from '../../src/sandbox/kube-server/istio/base-objects.ts'
import type { KubeObject } from '../../src/sandbox/kube-server/kube-object.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { install } from '../support/acts.ts'
import { clickCard, said } from '../support/people.ts'
import { recordOf } from './attackers.ts'
import { aStage } from './stage.ts'

const GATEWAYS = 'gateway.networking.k8s.io/v1'

/** With an unrevisioned OLD both istiods would write its Deployment in turn, for ever, once the default is NEW. */
function addGateway(kube: KubeServer): void {
  kube.put(definition('gateways.gateway.networking.k8s.io', 'Gateway', ['v1']))
  const metadata = { name: 'edge', namespace: 'shop' }
  kube.put({ apiVersion: GATEWAYS, kind: 'Gateway', metadata, spec: { gatewayClassName: 'istio' } } as KubeObject)
}

function addRemoteCluster(kube: KubeServer): void {
  const metadata = { name: 'prod-b', namespace: 'istio-system', labels: { 'istio/multiCluster': 'true' } }
  kube.put({ apiVersion: 'v1', kind: 'Secret', metadata } as KubeObject)
}

test('a Gateway that was made after the approval: Start is refused and names it; once it is gone the card stands', async () => {
  const stage = await aStage({ rig: { times: { tenantsEvery: 600_000 } } })
  const { kube, rig, tenants } = stage
  const card = await install(rig)
  await clickCard(rig, card, 'U0MEI', 'approval.approve')
  await clickCard(rig, card, 'U0SRE', 'approval.approve')
  addGateway(kube)
  const told = await clickCard(rig, card, 'U0LEE', 'approval.start')
  expect(told).toContain('KUBE_GATEWAYS_CONTESTED')
  expect(told).toContain('shop/edge')
  expect(recordOf(stage).run.steps.filter(({ id, acted }) => acted && id.startsWith('switch.'))).toEqual([])
  expect(tenants.seen('shop')).toEqual(['default'])
  kube.remove(GATEWAYS, 'Gateway', 'edge', 'shop')
  await clickCard(rig, card, 'U0LEE', 'approval.start')
  await said(rig, 'Done: switch')
  expect(await tenants.now('shop')).toBe('1-31-0')
}, 240_000)

test('a remote cluster that was joined after the plan: the approval is refused and names its Secret', async () => {
  const { kube, rig } = await aStage({ rig: { times: { tenantsEvery: 600_000 } } })
  const card = await install(rig)
  addRemoteCluster(kube)
  const told = await clickCard(rig, card, 'U0MEI', 'approval.approve')
  expect(told).toMatch(/prod-b[^]*MULTI_CLUSTER_NOT_SUPPORTED/)
}, 240_000)
