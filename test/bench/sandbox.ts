import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WORKER_TIMES } from '../../src/compose/worker-times.ts'
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

/** A local cluster with two API servers, and one Meshferry on it with the times of production. */
export type Sandbox = {
  readonly kube: KubeServer
  readonly rig: Rig
  readonly istioctl: Readonly<Record<string, FakeIstioctl>>
  readonly stop: () => Promise<void>
}

export const SECOND_ADDRESS = '127.0.0.2'

export type SandboxOptions = {
  /** So many pods with the old sidecar, by 25 in a workload, instead of the four that are enough for clicks. */
  readonly pods?: number
  readonly startWorker?: RigOptions['startWorker']
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-bench-'))
  const kube = await startKubeServer({ addresses: [SECOND_ADDRESS] })
  seed(kube, options.pods ?? 4)
  const kubeconfig = join(folder, 'kubeconfig')
  kube.writeKubeconfig(kubeconfig)
  const istioctl = installFakeIstioctl(join(folder, 'bin'), ['1.30.0', '1.31.0'])
  const sha256 = Object.fromEntries(Object.entries(istioctl).map(([version, one]) => [version, one.sha256]))
  const rig = await startRig({
    kubeconfig,
    istioctl: { dir: join(folder, 'bin'), sha256 },
    times: WORKER_TIMES,
    recordKeys: ['a-record-key-of-the-bench'],
    ...(options.startWorker ? { startWorker: options.startWorker } : {}),
  })
  return {
    kube,
    rig,
    istioctl,
    stop: async () => {
      await rig.stop()
      await kube.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function seed(kube: KubeServer, pods: number): void {
  seedIstio(kube, { version: '1.30.0', era: 'tag' })
  seedTag(kube, 'prod-stable', 'default')
  seedNamespace(kube, { name: 'shop', labels: { 'istio-injection': 'enabled' } })
  seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable' } })
  seedNamespace(kube, { name: 'plain' })
  const replicas = Math.min(25, pods / 2)
  for (let n = 0; n < pods / replicas; n += 1) {
    const namespace = n % 2 === 0 ? 'shop' : 'pay'
    seedWorkload(kube, { namespace, name: `web-${n}`, replicas, inject: sidecarOf('default', '1.30.0') })
  }
}
