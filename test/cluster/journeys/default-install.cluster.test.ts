import { expect, test } from '@jest/globals'
import { said } from '../../support/people.ts'
import { installByIstioctl, setTag } from '../harness/installs.ts'
import { deployTenants, probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { install, rollBack, stageFor, switchOver } from './stage.ts'

const ALL = tenants('default')
const stage = stageFor({
  prepare: async (mesh) => {
    await installByIstioctl(mesh, '1.30.0')
    await setTag(mesh, '1.30.0', 'prod-stable', 'default')
    await deployTenants(mesh, ALL)
  },
  classes: probeClasses(ALL),
})

test('1. a default install is upgraded by chat, proven, and brought back; no tenant pod is touched', async () => {
  const { mesh, rig, during } = stage()
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const forward = await during(async () => {
    await install(rig)
    await switchOver(rig)
  })
  expect(forward.faults).toEqual([])
  expect(forward.revisions['payments/api']).toEqual(['default', '1-31-0'])

  const back = await during(async () => {
    await rollBack(rig)
    await said(rig, 'Returned')
  })
  expect(back.faults).toEqual([])
  expect(back.revisions['payments/api']).toEqual(['1-31-0', 'default'])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 300_000)
