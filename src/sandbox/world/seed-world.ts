import { kubeTime } from '../kube-server/api.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { seedNodes, seedNamespace } from '../kube-server/seed/seed-cluster.ts'
import { type Era, seedIstio, seedTag } from '../kube-server/seed/seed-istio.ts'
import { sidecarOf } from '../kube-server/seed/sidecar-of.ts'
import type { KubeServer } from '../kube-server/server.ts'
import type { NamespaceClass, NamespacePlan, WorkloadPlan, WorldPlan } from './plan.ts'
import { isMeshed } from './plan.ts'
import { lastRun } from './rhythm.ts'
import { seedFinishedJob, seedLastRun } from './seed-jobs.ts'
import { seedPod, seedPods } from './seed-pods.ts'
import { workloadObject } from './workload-objects.ts'

const DAY_MS = 86_400_000

export type SeedWorld = {
  /** Of the control plane that runs and of every sidecar: `1.30.0`. */
  readonly version: string
  /** How that control plane came to be; default `tag`, as istioctl leaves it today. */
  readonly era?: Era
  /** The revision to which the tag `prod-stable` points: `default` for the unrevisioned control plane; null: no such tag. */
  readonly prodStable: string | null
  /** Version of the nodes' kubelets; default one so new that istiods since 1.27 make native sidecars. */
  readonly kubelet?: string
}

/** What of a plan is put into the cluster. */
export type SeededPlan = Pick<WorldPlan, 'nodes' | 'namespaces' | 'workloads'>

/**
 * Puts the plan's cluster into the server, as it would stand after years: nodes, the control plane and its tags,
 * namespaces, workloads, and their pods, which all carry the sidecar of `version`. Controllers that start over it find
 * nothing to do.
 */
export function seedWorld(kube: KubeServer, plan: SeededPlan, seed: SeedWorld): void {
  const { version, era = 'tag', prodStable, kubelet = 'v1.34.4' } = seed
  seedNodes(
    kube,
    plan.nodes.map(() => kubelet),
  )
  seedIstio(kube, { version, era })
  if (prodStable !== null) seedTag(kube, 'prod-stable', prodStable, version)
  for (const namespace of plan.namespaces) seedNamespaceOf(kube, namespace)
  const place = { at: 0 }
  const nodeFor = (): string => plan.nodes[(place.at += 1) % plan.nodes.length] ?? 'node-1'
  const spaces = new Map(plan.namespaces.map((namespace) => [namespace.name, namespace]))
  const sidecar = sidecarOf('default', version, true)
  for (const workload of plan.workloads) {
    const namespace = spaces.get(workload.namespace)
    const inject = namespace && isMeshed(workload, namespace) ? sidecar : (pod: KubeObject) => pod
    seedWorkload(kube, workload, { inject, nodes: plan.nodes, nodeFor, version })
  }
}

const LABELS: Readonly<Record<NamespaceClass, Readonly<Record<string, string>>>> = {
  enabled: { 'istio-injection': 'enabled' },
  tag: { 'istio.io/rev': 'prod-stable' },
  off: { 'istio-injection': 'disabled' },
  pods: {},
}

function seedNamespaceOf(kube: KubeServer, { name, team, class: kind }: NamespacePlan): void {
  seedNamespace(kube, { name, labels: { ...LABELS[kind], ...(team === null ? {} : { team }) } })
}

type Ground = {
  readonly inject: (pod: KubeObject) => KubeObject
  readonly nodes: readonly string[]
  /** The next node in turn. */
  readonly nodeFor: () => string
  readonly version: string
}

function seedWorkload(kube: KubeServer, plan: WorkloadPlan, ground: Ground): void {
  const { inject, nodes, nodeFor, version } = ground
  const now = kube.now()
  const made = kubeTime(now - plan.ageDays * DAY_MS)
  const since = kubeTime(now - plan.podAgeDays * DAY_MS)
  const given = workloadObject(plan, { image: `docker.io/istio/proxyv2:${version}`, revision: 'default' })
  const object = { ...given, metadata: { ...given.metadata, creationTimestamp: made } }
  const manager = plan.team === null ? 'kubectl-client-side-apply' : `team-${plan.team}`
  if (plan.kind === 'Pod') {
    seedPod(kube, object, 0, { inject, nodeOf: nodeFor, count: 1, since })
    return
  }
  if (plan.kind === 'Job') {
    seedFinishedJob(kube, object, { at: now - plan.podAgeDays * DAY_MS, inject, node: nodeFor() })
    return
  }
  if (plan.kind === 'CronJob') {
    const at = plan.schedule ? lastRun(plan.schedule, now) : now
    seedLastRun(kube, kube.put(object, manager), { at, inject, node: nodeFor() })
    return
  }
  const status = statusOf(plan)
  const annotations = plan.kind === 'Deployment' ? { 'deployment.kubernetes.io/revision': '1' } : {}
  const metadata = { ...object.metadata, annotations }
  const stored = kube.put({ ...object, metadata, status }, manager)
  const nodeOf = (index: number): string => (plan.kind === 'DaemonSet' ? nodes[index] : undefined) ?? nodeFor()
  seedPods(kube, stored, { inject, nodeOf, count: plan.replicas, since })
}

function statusOf({ kind, replicas }: WorkloadPlan): Record<string, unknown> {
  if (kind === 'DaemonSet') {
    return {
      observedGeneration: 1,
      desiredNumberScheduled: replicas,
      currentNumberScheduled: replicas,
      updatedNumberScheduled: replicas,
      numberAvailable: replicas,
      numberReady: replicas,
      numberMisscheduled: 0,
    }
  }
  const all = { replicas, readyReplicas: replicas, availableReplicas: replicas, updatedReplicas: replicas }
  return { observedGeneration: 1, ...all }
}
