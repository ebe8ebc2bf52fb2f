import type { NewChannel, NewGroup, NewUser } from '../slack-server/model.ts'

/** A company and its cluster, before anything of it is made. Plain data: the same seed gives the same company. */
export type WorldPlan = {
  readonly teams: readonly TeamPlan[]
  readonly namespaces: readonly NamespacePlan[]
  readonly workloads: readonly WorkloadPlan[]
  readonly nodes: readonly string[]
  /** A node is drained about every so many days; null for never. */
  readonly drainEveryDays: number | null
  readonly slack: {
    readonly users: readonly NewUser[]
    readonly channels: readonly NewChannel[]
    readonly groups: readonly NewGroup[]
  }
  /** What a customer of the shop calls, the shop first: all of them have to work for it to answer. */
  readonly shop: readonly { readonly namespace: string; readonly name: string }[]
}

export type TeamPlan = {
  readonly name: string
  /** IANA zone in whose working hours the team deploys. */
  readonly zone: string
  readonly locale: 'en' | 'zh'
  /** Slack ids: `C…`, `U…`, `S…`. */
  readonly channel: string
  readonly contact: string
  readonly group: string
}

/** `pods`: no label on the namespace; single workloads ask for a sidecar themselves. */
export type NamespaceClass = 'enabled' | 'tag' | 'off' | 'pods'

export type NamespacePlan = {
  readonly name: string
  /** Null: nobody owns it. */
  readonly team: string | null
  readonly class: NamespaceClass
}

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Job' | 'Pod'

/** What makes a workload keep its old sidecar, or otherwise unlike the rest. */
export type Peculiarity = 'onDelete' | 'paused' | 'pinnedImage' | 'explicitRevision'

export type WorkloadPlan = {
  readonly namespace: string
  readonly name: string
  readonly kind: WorkloadKind
  readonly team: string | null
  readonly zone: string
  /** Running pods; of a DaemonSet one a node, of a CronJob or Job none: theirs have finished. */
  readonly replicas: number
  readonly rhythm: Rhythm
  /** More replicas by day, fewer by night: the workload's own autoscaling. */
  readonly dailyPeak: number | null
  readonly peculiarity: Peculiarity | null
  /** `0 2 * * *`, for a CronJob: at this hour (UTC), and every so many hours from it on. */
  readonly schedule: { readonly hour: number; readonly everyHours: 6 | 24 } | null
  /** Days before the start at which it was made, and at which its pods were last replaced. */
  readonly ageDays: number
  readonly podAgeDays: number
}

/**
 * When its team deploys it: on working days only, between 9:30 and 17:30 of its zone. `weekday` 1 is Monday; `days`
 * counts working days.
 */
export type Rhythm =
  | { readonly kind: 'daily' }
  | { readonly kind: 'everyDays'; readonly days: number }
  | { readonly kind: 'weekly'; readonly weekday: number }
  | { readonly kind: 'never' }

export function keyOf(workload: { readonly namespace: string; readonly name: string }): string {
  return `${workload.namespace}/${workload.name}`
}

/** Whether the namespace's new pods are to have a sidecar by its own label. */
export function isInjected(namespace: NamespacePlan): boolean {
  return namespace.class === 'enabled' || namespace.class === 'tag'
}

/** Whether this workload's pods are in the mesh: by its namespace, or by a label of their own. */
export function isMeshed(workload: WorkloadPlan, namespace: NamespacePlan): boolean {
  return isInjected(namespace) || workload.peculiarity === 'explicitRevision'
}
