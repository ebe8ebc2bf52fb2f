import type { KubeServer } from '../kube-server/server.ts'
import type { NamespaceClass, NamespacePlan, WorkloadPlan } from '../world/plan.ts'
import { type SeededPlan, seedWorld } from '../world/seed-world.ts'
import type { WatchedPlan } from '../world/watch-mesh.ts'

type Team = {
  readonly channel: string
  readonly locale?: 'en' | 'zh'
  readonly contact?: string
  readonly timezone?: string
}

/** A small cluster: what is in it at first, and what people know of it. Its teams do nothing but what the story has them do. */
export type StoryWorld = {
  readonly kubernetesVersion: string
  readonly versions: { readonly from: string; readonly to: string }
  /** Versions of istioctl at hand. */
  readonly istioctl: readonly string[]
  readonly teams: Readonly<Record<string, Team>>
  readonly channels: readonly { readonly id: string; readonly name: string; readonly members?: string[] }[]
  /** Tenants' namespaces whose new pods are watched. */
  readonly namespaces: readonly string[]
  readonly plan: SeededPlan & WatchedPlan
  readonly seed: (kube: KubeServer) => void
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

/** Two teams with sidecars, the one by the default tag and the other as `pay` says, and a namespace without. */
function planned(pay: NamespaceClass): StoryWorld['plan'] {
  const namespaces: readonly NamespacePlan[] = [
    { name: 'shop', team: 'shop', class: 'enabled' },
    { name: 'pay', team: 'payments', class: pay },
    { name: 'plain', team: 'shop', class: 'pods' },
  ]
  const workloads = [
    deployment('shop', 'web', 3, 'shop'),
    deployment('shop', 'cart', 2, 'shop'),
    deployment('pay', 'api', 2, 'payments'),
  ]
  return { nodes: ['node-1'], namespaces, workloads, shop: [{ namespace: 'shop', name: 'web' }] }
}

function deployment(namespace: string, name: string, replicas: number, team: string): WorkloadPlan {
  return {
    namespace,
    name,
    kind: 'Deployment',
    team,
    zone: 'Asia/Shanghai',
    replicas,
    rhythm: { kind: 'never' },
    dailyPeak: null,
    peculiarity: null,
    schedule: null,
    ageDays: 200,
    podAgeDays: 3,
  }
}

/** Istio 1.30 as istioctl leaves it: a default tag, a tag of its own, tenants by both. */
export const todaysWorld: StoryWorld = {
  kubernetesVersion: 'v1.34.4',
  versions: { from: '1.30.0', to: '1.31.0' },
  istioctl: ['1.30.0', '1.31.0'],
  teams: TEAMS,
  channels: CHANNELS,
  namespaces: ['shop', 'pay'],
  plan: planned('tag'),
  seed: (kube) => seedWorld(kube, todaysWorld.plan, { version: '1.30.0', prodStable: 'default' }),
}

/** Istio 1.7: one entry in the injector, no tags, and a Kubernetes of that age. */
export const oldWorld: StoryWorld = {
  ...todaysWorld,
  kubernetesVersion: 'v1.18.20',
  versions: { from: '1.7.8', to: '1.11.8' },
  istioctl: ['1.7.8', '1.9.9', '1.11.8'],
  plan: planned('enabled'),
  seed: (kube) =>
    seedWorld(kube, oldWorld.plan, { version: '1.7.8', era: 'one-entry', prodStable: null, kubelet: 'v1.18.20' }),
}
