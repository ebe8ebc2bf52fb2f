import type { StoreEvent } from '../kube-server/history.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import type { PodFacts } from './pod-facts.ts'
import { factsOf } from './pod-facts.ts'

/** Ready pods of one workload: how many there are, and what they carry. */
export type WorkloadCount = {
  readonly ready: number
  readonly bare: number
  readonly byRevision: ReadonlyMap<string, number>
}

/** Counts over the tenants' running pods (`proxies`: the connected ones too), kept up by what happens to them; nothing is ever counted anew. */
export type PodCounts = {
  readonly note: (event: StoreEvent) => void
  readonly byVersion: () => Readonly<Record<string, number>>
  /** By namespace, then by version. */
  readonly byNamespace: (namespace: string) => Readonly<Record<string, number>>
  /** Sidecars of a revision, by what their injector noted. */
  readonly proxies: (revision: string) => number
  readonly workload: (key: string) => WorkloadCount
  /** Running pods that were deleted since the start because their workload rolled. */
  readonly rolled: () => number
}

type Tally = Map<string, number>
type Mutable = { ready: number; bare: number; readonly byRevision: Tally }

const NOTHING: WorkloadCount = { ready: 0, bare: 0, byRevision: new Map() }

/** `givesWay`: whether a pod that is deleted goes because of a rollout of its workload. */
export function newPodCounts(
  pods: readonly KubeObject[],
  namespaces: ReadonlySet<string>,
  givesWay: (pod: KubeObject) => boolean,
): PodCounts {
  const known = new Map<string, PodFacts>()
  const tallies: Tallies = { versions: new Map(), revisions: new Map(), spaces: new Map(), workloads: new Map() }
  let rolled = 0
  const replace = (uid: string, after: PodFacts | null): PodFacts | undefined => {
    const before = known.get(uid)
    if (before) add(tallies, before, -1)
    if (after) add(tallies, after, 1)
    if (after) known.set(uid, after)
    else known.delete(uid)
    return before
  }
  const follow = (pod: KubeObject, gone: boolean): void => {
    if (!namespaces.has(pod.metadata.namespace ?? '')) return
    const before = replace(pod.metadata.uid ?? '', gone ? null : factsOf(pod))
    if (gone && before?.running && givesWay(pod)) rolled += 1
  }
  for (const pod of pods) follow(pod, false)
  return {
    note: ({ resource, type, object }) => {
      if (resource === 'pods') follow(object, type === 'DELETED')
    },
    byVersion: () => Object.fromEntries(tallies.versions),
    byNamespace: (namespace) => Object.fromEntries(tallies.spaces.get(namespace) ?? []),
    proxies: (revision) => tallies.revisions.get(revision) ?? 0,
    workload: (key) => tallies.workloads.get(key) ?? NOTHING,
    rolled: () => rolled,
  }
}

type Tallies = {
  readonly versions: Tally
  readonly revisions: Tally
  readonly spaces: Map<string, Tally>
  readonly workloads: Map<string, Mutable>
}

function add({ versions, revisions, spaces, workloads }: Tallies, facts: PodFacts, by: 1 | -1): void {
  if (facts.sidecar) tally(revisions, facts.sidecar.revision, by)
  if (!facts.running) return
  const version = facts.sidecar?.version ?? 'none'
  tally(versions, version, by)
  tally(
    within(spaces, facts.namespace, () => new Map()),
    version,
    by,
  )
  if (!facts.ready) return
  const count = within(workloads, facts.workload, () => ({ ready: 0, bare: 0, byRevision: new Map() }))
  count.ready += by
  if (facts.sidecar) tally(count.byRevision, facts.sidecar.revision, by)
  else count.bare += by
}

function tally(counts: Tally, key: string, by: number): void {
  const next = (counts.get(key) ?? 0) + by
  if (next === 0) counts.delete(key)
  else counts.set(key, next)
}

function within<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key) ?? make()
  map.set(key, found)
  return found
}
