import type { Between, Owners } from './owners.ts'
import type { PodEntry } from './pod-entry.ts'

type Newest = Between & { readonly uid: string }

/** The newest ReplicaSet of each workload: its last redeploy. Its pods tell less, since scaling and drains make new ones too. */
export type NewestReplicaSets = {
  /** Of the workload with these pods; null for kinds without ReplicaSets, and while it isn't known. */
  readonly of: (kind: string, pods: readonly PodEntry[]) => Newest | null
}

/** Kinds that make a ReplicaSet at each redeploy. */
const WITH_REPLICA_SETS: readonly string[] = ['Deployment', 'Rollout']

export function newestOf(owners: Owners): NewestReplicaSets {
  const byController = new Map<string, Newest>()
  for (const [uid, between] of owners) {
    const above = between.controller?.uid
    if (above === undefined) continue
    const before = byController.get(above)
    if (!before || between.createdAt > before.createdAt) byController.set(above, { ...between, uid })
  }
  return {
    of: (kind, pods) => {
      if (!WITH_REPLICA_SETS.includes(kind)) return null
      const above = pods.flatMap(({ owner }) => owners.get(owner?.uid ?? '')?.controller ?? []).at(0)
      return (above && byController.get(above.uid)) ?? null
    },
  }
}
