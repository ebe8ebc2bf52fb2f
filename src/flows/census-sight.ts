import type { Seen } from '../census/count.ts'
import { type Owners, ownersFrom, workloadKey, workloadOf } from '../census/owners.ts'
import { podEntryOf, type PodEntry } from '../census/pod-entry.ts'
import { newPodFold } from '../census/pod-fold.ts'
import { teamOn } from '../census/teams.ts'
import type { KubeObject, Workload } from '../istio/objects.ts'
import { keeperOf } from '../restarts/keeper.ts'
import type { WorkerContext, WorkerTimes } from './worker-context.ts'

/** What the census sees while somebody watches: pods as they change, workloads and owners as they were read last. */
export type Sight = {
  /** Null before the first list of pods has come to its end. */
  readonly now: () => Promise<{ readonly seen: Omit<Seen, 'namespaces' | 'redeploys'>; readonly ageMs: number } | null>
  readonly close: () => void
}

/** What it takes to look. */
type Looking = Pick<WorkerContext, 'cluster' | 'clocks' | 'lost'> & {
  readonly settings: Pick<WorkerContext['settings'], 'teamLabel'> & {
    readonly times: Pick<WorkerTimes, 'strangersEvery' | 'workloadsEvery'>
  }
}

type Around = Pick<Seen, 'owners' | 'workloads'>

/** Opens a watch of all pods. Workloads change seldom: they are read again every few minutes, and when an owner is new. */
export function openSight(ctx: Looking): Sight {
  const ending = new AbortController()
  const { teamLabel, times } = ctx.settings
  const fold = newPodFold(teamLabel)
  const watched = ctx.cluster.watchPods(
    {
      keep: ({ metadata }) => [metadata.uid ?? '', podEntryOf(metadata, teamLabel)] as const,
      onList: (kept) => fold.listed(new Map(kept.filter((one): one is readonly [string, PodEntry] => one[1] !== null))),
      onEvent: (type, pod: KubeObject) => fold.changed(type, pod),
    },
    AbortSignal.any([ending.signal, ctx.lost]),
  )
  let around: (Around & { readonly readAt: number }) | null = null
  return {
    now: async () => {
      const pods = fold.pods()
      const ageMs = watched.ageMs()
      if (pods === null || ageMs === null) return null
      const nowMs = ctx.clocks.machine.now()
      const wait = around && hasStranger(pods.values(), around.owners) ? times.strangersEvery : times.workloadsEvery
      if (!around || nowMs - around.readAt >= wait) around = { ...(await readAround(ctx)), readAt: nowMs }
      return { seen: { pods: pods.values(), ...around, teamLabel }, ageMs }
    },
    close: () => ending.abort(),
  }
}

function hasStranger(pods: Iterable<PodEntry>, owners: Owners): boolean {
  for (const pod of pods) if (workloadOf(pod, owners) === undefined) return true
  return false
}

/** Owners and workloads as they are now. Throws what the cluster does. */
export async function readAround({
  cluster,
  settings,
}: Pick<WorkerContext, 'cluster'> & { readonly settings: { readonly teamLabel: string } }): Promise<Around> {
  const [owners, rollouts] = await Promise.all([cluster.readPodOwners(), cluster.readRollouts()])
  const facts = rollouts.map((one) => [keyOf(one), factsOf(one, settings.teamLabel)] as const)
  return { owners: ownersFrom(owners), workloads: new Map(facts) }
}

function keyOf({ kind, metadata }: Workload): string {
  return workloadKey({ namespace: metadata.namespace ?? '', kind, name: metadata.name })
}

function factsOf({ template, replicas, paused, onDelete, partition, metadata }: Workload, teamLabel: string) {
  const keeper = keeperOf({ metadata })
  return {
    template,
    replicas,
    ...(paused ? { paused } : {}),
    ...(onDelete ? { onDelete } : {}),
    ...(partition ? { partition } : {}),
    team: teamOn(metadata, teamLabel),
    ...(keeper ? { keeper } : {}),
  }
}
