import type { KubeServer } from '../kube-server/server.ts'
import { seedNamespace, seedNodes } from '../kube-server/seed/seed-cluster.ts'
import { seedIstio, seedTag } from '../kube-server/seed/seed-istio.ts'
import { seedWorkload } from '../kube-server/seed/seed-workload.ts'
import { sidecarOf } from '../kube-server/seed/sidecar-of.ts'

type Team = {
  readonly channel: string
  readonly locale?: 'en' | 'zh'
  readonly contact?: string
  readonly timezone?: string
}

/** A small cluster: what is in it at first, and what people know of it. */
export type StoryWorld = {
  readonly kubernetesVersion: string
  readonly versions: { readonly from: string; readonly to: string }
  /** Versions of istioctl at hand. */
  readonly istioctl: readonly string[]
  readonly teams: Readonly<Record<string, Team>>
  readonly channels: readonly { readonly id: string; readonly name: string; readonly members?: string[] }[]
  /** Tenants' namespaces; new pods of the first ones are watched. */
  readonly namespaces: readonly string[]
  readonly workloads: readonly Workload[]
  readonly seed: (kube: KubeServer) => void
}

type Workload = {
  readonly namespace: string
  readonly name: string
  readonly replicas: number
  readonly team: string
}

const TEAMS: StoryWorld['teams'] = {
  shop: { channel: 'C0SHOP' },
  payments: { channel: 'C0PAY', locale: 'zh', contact: 'U0LIN' },
}

const CHANNELS = [
  { id: 'C0PROD', name: 'prod' },
  { id: 'C0SHOP', name: 'team-shop' },
  { id: 'C0PAY', name: 'team-payments' },
]

/** Istio 1.30 as istioctl leaves it: a default tag, a tag of its own, tenants by both. */
export const todaysWorld: StoryWorld = {
  kubernetesVersion: 'v1.34.4',
  versions: { from: '1.30.0', to: '1.31.0' },
  istioctl: ['1.30.0', '1.31.0'],
  teams: TEAMS,
  channels: CHANNELS,
  namespaces: ['shop', 'pay'],
  workloads: [
    { namespace: 'shop', name: 'web', replicas: 3, team: 'shop' },
    { namespace: 'shop', name: 'cart', replicas: 2, team: 'shop' },
    { namespace: 'pay', name: 'api', replicas: 2, team: 'payments' },
  ],
  seed: (kube) => {
    seedNodes(kube, ['v1.34.4'])
    seedIstio(kube, { version: '1.30.0', era: 'tag' })
    seedTag(kube, 'prod-stable', 'default')
    seedNamespace(kube, { name: 'shop', labels: { 'istio-injection': 'enabled' } })
    seedNamespace(kube, { name: 'pay', labels: { 'istio.io/rev': 'prod-stable' } })
    seedNamespace(kube, { name: 'plain' })
    seedTenants(kube, todaysWorld, '1.30.0')
  },
}

/** Istio 1.7, as in the seed: one entry in the injector, no tags, and a Kubernetes of that age. */
export const oldWorld: StoryWorld = {
  ...todaysWorld,
  kubernetesVersion: 'v1.18.20',
  versions: { from: '1.7.8', to: '1.11.8' },
  istioctl: ['1.7.8', '1.9.9', '1.11.8'],
  seed: (kube) => {
    seedNodes(kube, ['v1.18.20'])
    seedIstio(kube, { version: '1.7.8', era: 'one-entry' })
    for (const name of ['shop', 'pay']) seedNamespace(kube, { name, labels: { 'istio-injection': 'enabled' } })
    seedNamespace(kube, { name: 'plain' })
    seedTenants(kube, oldWorld, '1.7.8')
  },
}

function seedTenants(kube: KubeServer, { workloads }: StoryWorld, version: string): void {
  for (const { namespace, name, replicas, team } of workloads) {
    seedWorkload(kube, { namespace, name, replicas, labels: { team }, inject: sidecarOf('default', version) })
  }
}
