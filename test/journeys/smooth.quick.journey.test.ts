import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { installFakeIstioctl } from '../../src/sandbox/fake-istioctl/install-fake-istioctl.ts'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedIstio, seedTag } from '../../src/sandbox/kube-server/seed/seed-istio.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import { startKubeServer } from '../../src/sandbox/kube-server/server.ts'
import { clickCard, openCard, said } from '../support/people.ts'
import { startRig } from '../support/rig.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

test('from /istio upgrade to a proven switch, and back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-journey-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  const kube = await startKubeServer()
  ends.push(() => kube.close())
  seedIstio(kube, { version: '1.30.0', era: 'tag' })
  seedTag(kube, 'prod-stable', 'default')
  seedNamespace(kube, { name: 'shop', labels: { 'istio-injection': 'enabled' } })
  seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable' } })
  seedNamespace(kube, { name: 'plain' })
  for (const namespace of ['shop', 'pay']) seedWorkload(kube, { namespace, name: 'web' })
  const kubeconfig = join(folder, 'kubeconfig')
  kube.writeKubeconfig(kubeconfig)
  const binaries = installFakeIstioctl(join(folder, 'bin'), ['1.30.0', '1.31.0'])
  const sha256 = Object.fromEntries(Object.entries(binaries).map(([version, one]) => [version, one.sha256]))
  const rig = await startRig({ kubeconfig, istioctl: { dir: join(folder, 'bin'), sha256 } })
  ends.push(() => rig.stop())

  const asked = await rig.slack.command({ user: 'U0LEE', channel: rig.channel, text: 'upgrade to 1.31.0' })
  expect(asked.error).toBeUndefined()
  const install = await openCard(rig, 'install')
  await clickCard(rig, install, 'U0MEI', 'approval.approve')
  const change = await openCard(rig, 'switch')
  await clickCard(rig, change, 'U0MEI', 'approval.approve')
  await clickCard(rig, change, 'U0SRE', 'approval.approve')
  await clickCard(rig, change, 'U0LEE', 'approval.start')
  await said(rig, 'Done: switch')
  console.log(
    await rig.slack
      .command({ user: 'U0MEI', channel: rig.channel, text: 'status' })
      .then((seen) => seen.answer())
      .then(rig.slack.text),
  )
  await rig.slack.command({ user: 'U0MEI', channel: rig.channel, text: 'rollback' })
  await new Promise((r) => setTimeout(r, 8000))
  console.log(rig.slack.transcript())
  console.log(rig.log.join('\n').slice(-6000))
}, 90_000)
