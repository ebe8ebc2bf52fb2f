import { expect, test } from '@jest/globals'
import { said } from '../../support/people.ts'
import type { Rig } from '../../support/rig.ts'
import { installByHelm, upgradeByHelm } from '../harness/installs.ts'
import type { KubeObject } from '../harness/kube-api.ts'
import type { Mesh } from '../harness/mesh.ts'
import { deployTenants, probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { install, rollBack, stageFor, switchOver } from './stage.ts'

/** Without the team whose tag nobody made. */
const ALL = tenants('default').filter(({ namespace }) => namespace !== 'orders')
const stage = stageFor({
  prepare: async (mesh) => {
    await installByHelm(mesh, '1.30.0')
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL),
})
const FOLLOWERS = ['payments/api', 'payments/ledger', 'catalog/search', 'opted-in-pods/edge']

test("3. on a cluster of Helm's the default is adopted as a tag without a gap, switched, and brought back", async () => {
  const { mesh, rig, during } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  expect(await tagObject(mesh)).toBeNull()

  const adopting = { overlap: ['istio-sidecar-injector', 'istio-revision-tag-default'] }
  const installed = await during(() => install(rig), adopting)
  expect(installed.faults).toEqual([])
  for (const name of FOLLOWERS) expect(installed.revisions[name]).toEqual(['default'])
  // While both objects of the one revision answer, a pod comes out as it does from either of them.
  for (const name of FOLLOWERS) expect(installed.forms[name]).toBe(1)
  expect((await tagObject(mesh))?.metadata.labels).toMatchObject({ 'istio.io/rev': 'default' })

  const switched = await during(() => switchOver(rig))
  expect(switched.faults).toEqual([])
  for (const name of FOLLOWERS) expect(switched.revisions[name]).toEqual(['default', '1-31-0'])
  expect(rig.slack.transcript()).not.toContain('changed since our last step')

  const upgraded = await during(async () => {
    await upgradeByHelm(mesh, '1.31.0')
    await said(rig, 'changed since our last step', 'istiod istio-system/istiod', 'written by helm')
  })
  expect(upgraded.faults).toEqual([])
  for (const name of FOLLOWERS) expect(upgraded.revisions[name]).toEqual(['1-31-0'])

  const back = await during(async () => {
    await rollBack(rig)
    await said(rig, 'Returned')
  })
  expect(back.faults).toEqual([])
  for (const name of FOLLOWERS) expect(back.revisions[name]).toEqual(['1-31-0', 'default'])
  expect(alarmsOf(rig)).toBe(1)
  expect(await mesh.object('deployments', 'istiod-1-31-0', 'istio-system')).toBeNull()
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 300_000)

function tagObject(mesh: Mesh): Promise<KubeObject | null> {
  return mesh.object('mutatingwebhookconfigurations', 'istio-revision-tag-default')
}

function alarmsOf(rig: Rig): number {
  return rig.slack.messages(rig.channel).filter((one) => rig.slack.text(one).includes('changed since our last step'))
    .length
}
