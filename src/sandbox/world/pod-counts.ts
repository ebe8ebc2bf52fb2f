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

/** Counts over the tenants' running pods, kept up by what happens to them; nothing is ever counted anew. */
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
  const versions: Tally = new Map()
  const revisions: Tally = new Map()
  const spaces = new Map<string, Tally>()
  const workloads = new Map<string, Mutable>()
  let rolled = 0

  const add = (facts: PodFacts, by: 1 | -1): void => {
    const version = facts.sidecar?.version ?? 'none'
    tally(versions, version, by)
    const space = within(spaces, facts.namespace, () => new Map<string, number>())
    tally(space, version, by)
    if (facts.sidecar) tally(revisions, facts.sidecar.revision, by)
    if (!facts.ready) return
    const count = within(workloads, facts.workload, () => ({ ready: 0, bare: 0, byRevision: new Map() }))
    count.ready += by
    if (facts.sidecar) tally(count.byRevision, facts.sidecar.revision, by)
    else count.bare += by
  }
  const follow = (pod: KubeObject, gone: boolean): void => {
    if (!namespaces.has(pod.metadata.namespace ?? '')) return
    const uid = pod.metadata.uid ?? ''
    const before = known.get(uid)
    const after = gone ? null : factsOf(pod)
    known.delete(uid)
    if (before) add(before, -1)
    if (before && gone && givesWay(pod)) rolled += 1
    if (!after) return
    add(after, 1)
    known.set(uid, after)
  }
  for (const pod of pods) follow(pod, false)
  return {
    note: ({ resource, type, object }) => {
      if (resource === 'pods') follow(object, type === 'DELETED')
    },
    byVersion: () => Object.fromEntries(versions),
    byNamespace: (namespace) => Object.fromEntries(spaces.get(namespace) ?? []),
    proxies: (revision) => revisions.get(revision) ?? 0,
    workload: (key) => workloads.get(key) ?? NOTHING,
    rolled: () => rolled,
  }
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
