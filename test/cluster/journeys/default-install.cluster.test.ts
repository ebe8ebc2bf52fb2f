import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { clickCard, openCard, said } from '../../support/people.ts'
import type { Rig } from '../../support/rig.ts'
import { startRig } from '../../support/rig.ts'
import { installByIstioctl, setTag } from '../harness/installs.ts'
import type { Mesh } from '../harness/mesh.ts'
import { startMesh } from '../harness/mesh.ts'
import { startProbeLoop } from '../harness/probe-loop.ts'
import { deployTenants, probeClasses, tenants, TENANTS_SELECTOR } from '../harness/tenants.ts'

const OPERATOR = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata:
  name: meshferry
spec:
  profile: minimal
  values:
    pilot:
      autoscaleEnabled: false
      replicaCount: 2
`

let mesh: Mesh
let rig: Rig

beforeAll(async () => {
  mesh = await startMesh()
  await installByIstioctl(mesh, '1.30.0')
  await setTag(mesh, '1.30.0', 'prod-stable', 'default')
  await deployTenants(mesh, tenants('default'))
  const operatorFile = join(mesh.folder, 'operator.yaml')
  writeFileSync(operatorFile, OPERATOR)
  rig = await startRig({
    kubeconfig: mesh.kubeconfig,
    istioctl: await mesh.istioctlConfig(['1.30.0', '1.31.0']),
    operatorFile,
  })
}, 180_000)
afterAll(async () => {
  if (process.env['MESHFERRY_TRANSCRIPT']) appendFileSync(process.env['MESHFERRY_TRANSCRIPT'], rig.slack.transcript())
  await rig?.stop()
  await mesh?.stop()
})

test('1. a default install is upgraded by chat, proven, and brought back; no tenant pod is touched', async () => {
  const all = tenants('default')
  const uids = await mesh.uids(TENANTS_SELECTOR)
  const loop = startProbeLoop(mesh, probeClasses(all))
  await loop.round()
  const began = Date.now()
  await rig.slack.command({ user: 'U0LEE', channel: rig.channel, text: 'upgrade to 1.31.0' })
  await clickCard(rig, await openCard(rig, 'install'), 'U0MEI', 'approval.approve')
  const change = await openCard(rig, 'switch')
  await clickCard(rig, change, 'U0MEI', 'approval.approve')
  await clickCard(rig, change, 'U0SRE', 'approval.approve')
  await clickCard(rig, change, 'U0LEE', 'approval.start')
  await said(rig, 'Done: switch')
  await loop.round()
  const forward = await loop.verdict({ from: began, to: Date.now() })
  expect(forward.faults).toEqual([])
  expect(forward.revisions['payments/api']).toEqual(['default', '1-31-0'])

  const back = Date.now()
  await rig.slack.command({ user: 'U0MEI', channel: rig.channel, text: 'rollback' })
  await said(rig, 'Returned')
  await loop.round()
  const returned = await loop.verdict({ from: back, to: Date.now() })
  await loop.stop()
  expect(returned.faults).toEqual([])
  expect(await mesh.uids(TENANTS_SELECTOR)).toEqual(uids)
}, 300_000)
