import { expect, test } from '@jest/globals'
import { clickCard, openCard, said } from '../../support/people.ts'
import { installByIstioctl } from '../harness/installs.ts'
import type { KubeObject } from '../harness/kube-api.ts'
import type { Mesh } from '../harness/mesh.ts'
import { deployTenants, probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { approveInstall, askUpgrade, stageFor } from './stage.ts'

const NEW = '1-31-0'
/** Without the team whose tag nobody made. */
const ALL = tenants('default').filter(({ namespace }) => namespace !== 'orders')
const stage = stageFor({
  prepare: async (mesh) => {
    await installByIstioctl(mesh, '1.30.0')
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL),
  rig: { times: { installDeadline: 40_000, readyDeadline: 5000 } },
})

test('2. an istiod that never becomes ready is taken away again; nobody is asked to switch to it', async () => {
  const { mesh, rig, during } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const [objects, before] = [await inventory(mesh), await injectors(mesh)]
  mesh.breakRevision(NEW, true)
  const verdict = await during(async () => {
    await askUpgrade(rig)
    await approveInstall(rig)
    await said(rig, 'Undone: install', 'resources not ready', `Deployment/istio-system/istiod-${NEW}`)
  })
  expect(verdict.faults).toEqual([])
  expect(verdict.revisions['payments/api']).toEqual(['default'])
  expect(await inventory(mesh)).toEqual(objects)
  expect(await injectors(mesh)).toEqual(before)
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
  expect(rig.slack.transcript()).not.toContain('needed: switch')

  mesh.breakRevision(NEW, false)
  const again = await during(async () => {
    await clickCard(rig, await said(rig, 'Undone: install'), 'U0LEE', 'approval.reask')
    await approveInstall(rig)
    await openCard(rig, 'switch')
  })
  expect(again.faults).toEqual([])
  expect(again.revisions['payments/api']).toEqual(['default'])
}, 300_000)

/** Kinds that an install makes objects of. */
const KINDS = [
  'customresourcedefinitions',
  'mutatingwebhookconfigurations',
  'validatingwebhookconfigurations',
  'clusterroles',
  'clusterrolebindings',
]
const NAMESPACED = [
  'deployments',
  'replicasets',
  'pods',
  'services',
  'configmaps',
  'serviceaccounts',
  'poddisruptionbudgets',
]

/** Every object of the control plane by its uid: equal lists mean that nothing is left, gone or made anew. */
async function inventory(mesh: Mesh): Promise<readonly string[]> {
  const kinds = [...KINDS.map((plural) => [plural]), ...NAMESPACED.map((plural) => [plural, 'istio-system'])]
  const found = await Promise.all(
    kinds.map(async ([plural = '', namespace]) =>
      (await mesh.objects(plural, namespace)).map(({ metadata }) => `${plural} ${metadata.name} ${metadata.uid ?? ''}`),
    ),
  )
  return found.flat().sort()
}

/** Who injects whom, entry by entry. */
async function injectors(mesh: Mesh): Promise<readonly unknown[]> {
  const all = await mesh.objects<KubeObject & { readonly webhooks?: unknown }>('mutatingwebhookconfigurations')
  return all.map(({ metadata, webhooks }) => ({ name: metadata.name, labels: metadata.labels, webhooks }))
}
