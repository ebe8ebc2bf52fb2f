import { sidecarOf } from '../istio/sidecar.ts'
import type { KubeEvent, ObjectMeta, Pod } from '../istio/objects.ts'
import type { Migration } from '../wire/census.ts'
import { isReady, PROXY, signsOf, startsStill, type Sign } from './pod-signs.ts'

/** One workload as the cluster shows it now. */
export type WorkloadNow = {
  /** In full, whatever they carry. */
  readonly pods: readonly Pod[]
  /** Its ReplicaSets or Jobs; empty for kinds without. */
  readonly owners: readonly ObjectMeta[]
  /** Warnings about any of them and about itself; null where they may not be read. */
  readonly events: readonly KubeEvent[] | null
}

/** The same failure of the same container, and in how many pods of a side it is. */
export type Seen = Sign & { readonly pods: number }

/** The pods of one workload that carry the new sidecar, or an old one. */
export type Side = {
  readonly pods: number
  readonly ready: number
  /** So young that not being ready says nothing. */
  readonly starting: number
  readonly proxyReady: number
  /** Restarts of istio-proxy and of all other containers, over all pods since each was made. */
  readonly proxyRestarts: number
  readonly appRestarts: number
  /** The most pods first. */
  readonly signs: readonly Seen[]
  /** Images of each container that is the app's. */
  readonly images: Readonly<Record<string, readonly string[]>>
  /** Newest first. */
  readonly events: readonly KubeEvent[]
}

export type Sides = {
  readonly fresh: Side
  readonly old: Side
  /** Pods with another sidecar, with none, or that are ending. */
  readonly others: number
}

/** Sorts a workload's pods and events by the sidecar; what is being deleted or has ended counts on neither side. */
export function sidesOf({ pods, owners, events }: WorkloadNow, { from, to }: Migration, nowMs: number): Sides {
  const revisions = pods.map((pod) => revisionOf(pod))
  const fresh = pods.filter((_, index) => revisions[index] === to)
  const old = pods.filter((_, index) => from.includes(revisions[index] ?? ''))
  const oldUids = new Set([...uidsOf(old.map(({ metadata }) => metadata)), ...olderOf(owners)])
  const others = pods.filter((pod) => !fresh.includes(pod) && !old.includes(pod))
  const otherUids = uidsOf(others.map(({ metadata }) => metadata))
  const told = (events ?? []).filter(({ involvedObject }) => !otherUids.has(involvedObject?.uid ?? ''))
  const isOld = ({ involvedObject }: KubeEvent): boolean => oldUids.has(involvedObject?.uid ?? '')
  return {
    fresh: sideOf(fresh, newestFirst(told.filter((event) => !isOld(event))), nowMs),
    old: sideOf(old, newestFirst(told.filter(isOld)), nowMs),
    others: others.length,
  }
}

/** Null of a pod that ends, has ended, or carries none of a known revision. */
function revisionOf(pod: Pod): string | null {
  if (pod.metadata.deletionTimestamp !== undefined) return null
  const sidecar = sidecarOf(pod)
  return sidecar.kind === 'none' ? null : sidecar.revision
}

function uidsOf(metas: readonly ObjectMeta[]): ReadonlySet<string> {
  return new Set(metas.flatMap(({ uid }) => uid ?? []))
}

/** All but the newest: what is said of a workload itself or of its newest ReplicaSet is said of the pods to come. */
function olderOf(owners: readonly ObjectMeta[]): ReadonlySet<string> {
  const age = ({ creationTimestamp = '' }: ObjectMeta): string => creationTimestamp
  return uidsOf(owners.toSorted((a, b) => (age(a) < age(b) ? 1 : -1)).slice(1))
}

function newestFirst(events: readonly KubeEvent[]): readonly KubeEvent[] {
  return events.toSorted((a, b) => (lastOf(a) < lastOf(b) ? 1 : -1))
}

/** When it was seen last; empty where it does not say. */
export function lastOf({ series, lastTimestamp, eventTime }: KubeEvent): string {
  return series?.lastObservedTime ?? lastTimestamp ?? eventTime ?? ''
}

function sideOf(pods: readonly Pod[], events: readonly KubeEvent[], nowMs: number): Side {
  const proxies = pods.map((pod) => statusesOf(pod).find(({ name }) => name === PROXY))
  const restarts = sum(pods.flatMap((pod) => statusesOf(pod).map(({ restartCount = 0 }) => restartCount)))
  const proxyRestarts = sum(proxies.map((proxy) => proxy?.restartCount ?? 0))
  return {
    pods: pods.length,
    ready: pods.filter(isReady).length,
    starting: pods.filter((pod) => startsStill(pod, nowMs)).length,
    proxyReady: proxies.filter((proxy) => proxy?.ready === true).length,
    proxyRestarts,
    appRestarts: restarts - proxyRestarts,
    signs: countedSigns(pods, nowMs),
    images: imagesOf(pods),
    events,
  }
}

function statusesOf({ status }: Pod) {
  return [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

/** A pod counts once for each container and way; the word is that of the first. */
function countedSigns(pods: readonly Pod[], nowMs: number): readonly Seen[] {
  const found = new Map<string, Seen>()
  for (const pod of pods) {
    for (const sign of signsOf(pod, nowMs)) {
      const key = keyOf(sign)
      const before = found.get(key)
      found.set(key, { ...(before ?? sign), pods: (before?.pods ?? 0) + 1 })
    }
  }
  return [...found.values()].toSorted((a, b) => b.pods - a.pods)
}

/** A container that crashes is seen now as crashing, now as running and not ready: both are one failure. */
export function keyOf({ container, how }: Sign): string {
  return `${container}/${how === 'unstartable' ? how : 'fails'}`
}

function imagesOf(pods: readonly Pod[]): Readonly<Record<string, readonly string[]>> {
  const all = pods.flatMap(({ spec }) => [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])])
  const byName = Map.groupBy(all, ({ name }) => name)
  return Object.fromEntries(
    [...byName].map(([name, containers]) => [name, [...new Set(containers.map(({ image = '' }) => image))].sort()]),
  )
}
