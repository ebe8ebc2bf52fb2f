import { expect, test } from '@jest/globals'
import { said } from '../../support/people.ts'
import type { Mesh } from '../harness/mesh.ts'
import type { PodShape } from '../harness/mesh-objects.ts'
import type { Pod } from '../harness/pod-types.ts'
import { sidecarOf, type Sidecar } from '../harness/sidecar.ts'
import { probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'
import { install, rollBack, stageFor, switchOver } from './stage.ts'
import { tagged } from './tagged.ts'

const ALL = tenants('default')
/** Over every way to ask for a sidecar, each of which follows the switch and its undo. */
const INJECTED = probeClasses(ALL).flatMap(({ name, injected }) => (injected ? [name] : []))
const ORDINARY = { annotations: { 'sidecar.istio.io/nativeSidecar': 'false' } }
const stage = stageFor({
  prepare: tagged(ALL),
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
  for (const name of INJECTED) expect([name, forward.revisions[name]]).toEqual([name, ['default', '1-31-0']])
  expect(await newPodOf(mesh)).toMatchObject({ revision: '1-31-0', version: '1.31.0', kind: 'native' })
  expect(await newPodOf(mesh, ORDINARY)).toMatchObject({ revision: '1-31-0', version: '1.31.0', kind: 'ordinary' })

  const back = await during(async () => {
    await rollBack(rig)
    await said(rig, 'Returned')
  })
  expect(back.faults).toEqual([])
  for (const name of INJECTED) expect([name, back.revisions[name]]).toEqual([name, ['1-31-0', 'default']])
  expect(await newPodOf(mesh, ORDINARY)).toMatchObject({ revision: 'default', version: '1.30.0', kind: 'ordinary' })
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 300_000)

async function newPodOf(mesh: Mesh, shape?: PodShape): Promise<Sidecar | null> {
  return sidecarOf((await mesh.dryRunPod('payments', shape)).body as Pod)
}
