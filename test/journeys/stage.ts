import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from '@jest/globals'
import type { FakeIstioctl } from '../../src/sandbox/fake-istioctl/install-fake-istioctl.ts'
import { installFakeIstioctl } from '../../src/sandbox/fake-istioctl/install-fake-istioctl.ts'
import { seedNamespace } from '../../src/sandbox/kube-server/seed/seed-cluster.ts'
import { seedIstio, seedTag } from '../../src/sandbox/kube-server/seed/seed-istio.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import { sidecarOf } from '../../src/sandbox/kube-server/seed/sidecar-of.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { startKubeServer } from '../../src/sandbox/kube-server/server.ts'
import type { Rig, RigOptions } from '../support/rig.ts'
import { startRig } from '../support/rig.ts'
import type { Tenants } from './tenants.ts'
import { watchTenants } from './tenants.ts'

/** One local cluster with Istio 1.30.0 and tenants, and one Meshferry beside it. */
export type Stage = {
  readonly kube: KubeServer
  readonly rig: Rig
  readonly kubeconfig: string
  /** How the binaries behave, by version. */
  readonly istioctl: Readonly<Record<string, FakeIstioctl>>
  readonly tenants: Tenants
  /** Moves the calendar on: expiry and windows follow it. */
  readonly passTime: (ms: number) => void
}

export type StageOptions = {
  readonly rig?: Partial<Omit<RigOptions, 'kubeconfig' | 'istioctl'>>
  /** What is in the cluster at first, where it is not Istio 1.30.0 as istioctl leaves it. */
  readonly world?: World
  /** Further objects, put in before Meshferry comes. */
  readonly prepare?: (kube: KubeServer) => void
  readonly addresses?: readonly string[]
}

/** A cluster of some age, and the versions of istioctl at hand. */
export type World = {
  readonly kubernetesVersion: string
  readonly versions: readonly string[]
  readonly seed: (kube: KubeServer) => void
}

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** Builds a stage; it ends with the test. */
export async function aStage(options: StageOptions = {}): Promise<Stage> {
  const { kube, kubeconfig, istioctl, binaries } = await aCluster(options)
  let passed = 0
  const calendar = { now: () => Date.now() + passed }
  const rig = await startRig({ kubeconfig, istioctl: binaries, calendar, ...options.rig })
  ends.push(() => rig.stop())
  const tenants = watchTenants(kube, ['shop', 'pay', 'plain'])
  ends.push(() => tenants.stop())
  const passTime = (ms: number): void => void (passed += ms)
  return { kube, rig, kubeconfig, istioctl, tenants, passTime }
}

/** The cluster of a stage without Meshferry; it ends with the test. */
export async function aCluster(options: Pick<StageOptions, 'world' | 'prepare' | 'addresses'> = {}) {
  const { kubernetesVersion, versions, seed } = options.world ?? TODAY
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-journey-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  const kube = await startKubeServer({ kubernetesVersion, addresses: options.addresses ?? [] })
  ends.push(() => kube.close())
  seed(kube)
  options.prepare?.(kube)
  const kubeconfig = join(folder, 'kubeconfig')
  kube.writeKubeconfig(kubeconfig)
  const istioctl = installFakeIstioctl(join(folder, 'bin'), versions)
  const sha256 = Object.fromEntries(Object.entries(istioctl).map(([version, one]) => [version, one.sha256]))
  return { kube, kubeconfig, istioctl, binaries: { dir: join(folder, 'bin'), sha256 } }
}

/** What `istioctl install` 1.30.0 and `tag set` leave: a default tag, a tag of its own, tenants by both, and one outside. */
function seedToday(kube: KubeServer): void {
  seedIstio(kube, { version: '1.30.0', era: 'tag' })
  seedTag(kube, 'prod-stable', 'default')
  seedNamespace(kube, { name: 'shop', labels: { 'istio-injection': 'enabled' } })
  seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable' } })
  seedNamespace(kube, { name: 'plain' })
  for (const namespace of ['shop', 'pay']) {
    seedWorkload(kube, { namespace, name: 'web', inject: sidecarOf('default', '1.30.0') })
  }
}

const TODAY: World = { kubernetesVersion: 'v1.34.4', versions: ['1.30.0', '1.31.0'], seed: seedToday }
