import type { Namespace } from '../istio/objects.ts'
import type { Redeploys } from './redeploy.ts'
import { pinnedOf } from './pinned.ts'
import type { Keeper } from '../wire/keeper.ts'
import type { Migration, Pinned, PodCounts, Straggler, TeamCount } from '../wire/census.ts'
import type { WorkloadFacts } from './about-workload.ts'
import { causeOf } from './causes.ts'
import { type Owners, workloadKey, workloadOf, type WorkloadRef } from './owners.ts'
import { newestOf, type NewestReplicaSets } from './newest-replica-set.ts'
import type { PodEntry } from './pod-entry.ts'
import { teamOn } from './teams.ts'

/** What a count is made from. */
export type Seen = {
  readonly pods: Iterable<PodEntry>
  readonly owners: Owners
  readonly workloads: ReadonlyMap<string, WorkloadFacts & { readonly team: string | null; readonly keeper?: Keeper }>
  readonly namespaces: readonly Namespace[]
  /** What new pods would get. */
  readonly redeploys: Redeploys
  readonly teamLabel: string
}

/** One team's pods on the new sidecar, and those of which nothing says the revision; `team` is null for what nobody owns. */
export type TeamPods = { readonly team: string | null; readonly fresh: number; readonly unknown: number }

/** A workload with pods in the mesh, and when it was changed last: its newest ReplicaSet, else its newest pod. */
export type TeamWorkload = WorkloadRef & { readonly team: string | null; readonly changedAt: string }

export type Counted = {
  readonly pods: PodCounts
  /** Pods with a sidecar of which nothing says the revision. */
  readonly unknown: number
  readonly pinned: Pinned | null
  readonly teams: readonly TeamCount[]
  /** Every team's, also of those that are done. */
  readonly everyTeam: readonly TeamPods[]
  readonly stragglers: readonly Straggler[]
  /** All of them, the last changed first; without pods whose ReplicaSet or Job isn't known yet. */
  readonly workloads: readonly TeamWorkload[]
}

type Group = {
  readonly workload: WorkloadRef
  readonly pods: PodEntry[]
  /** Its pods' ReplicaSet or Job isn't known yet. */
  readonly stranger: boolean
}

/** Counts every pod once, by workload and team. Only those with a pod on an old sidecar are named. */
export function count(seen: Seen, migration: Migration): Counted {
  const groups = [...groupsOf(seen).values()]
  const namespaces = new Map(seen.namespaces.map(({ metadata }) => [metadata.name, metadata]))
  const found = groups.map((group) => {
    const namespace = namespaces.get(group.workload.namespace)
    const team = teamOf(seen, group) ?? teamOn(namespace, seen.teamLabel)
    return { ...group, team, counts: countsOf(group.pods, migration), labels: namespace?.labels ?? {} }
  })
  const newest = newestOf(seen.owners)
  const left = found.filter(({ counts }) => counts.old > 0)
  const stragglers = left.map((one) => stragglerOf({ seen, newest, migration }, one))
  return {
    pods: sumOf(found.map(({ counts }) => counts)),
    unknown: groups.flatMap(({ pods }) => pods).filter(({ revision }) => revision === null).length,
    pinned: pinnedOf(groups, migration),
    teams: teamsOf(found),
    everyTeam: podsOfTeams(found),
    stragglers: inOrder(stragglers, teamsOf(found)),
    workloads: lastChangedFirst(found, newest),
  }
}

/** Pods whose ReplicaSet isn't known yet are counted as workloads of their own, under its name: none is left out. */
function groupsOf({ pods, owners }: Seen): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>()
  for (const pod of pods) {
    const { namespace, owner } = pod
    const known = workloadOf(pod, owners)
    const workload = known ?? { namespace, kind: owner?.kind ?? 'Pod', name: owner?.name ?? pod.name }
    const key = workloadKey(workload)
    const group = groups.get(key) ?? { workload, pods: [], stranger: known === undefined }
    group.pods.push(pod)
    groups.set(key, group)
  }
  return groups
}

function countsOf(pods: readonly PodEntry[], { from, to }: Migration): PodCounts {
  const counts = { old: 0, new: 0, other: 0 }
  for (const { revision } of pods) {
    if (revision === to) counts.new += 1
    else if (revision !== null && from.includes(revision)) counts.old += 1
    else counts.other += 1
  }
  return counts
}

/** By the workload's own label or annotation, else by its pods'. */
function teamOf({ workloads }: Seen, { workload, pods }: Group): string | null {
  return workloads.get(workloadKey(workload))?.team ?? pods.find(({ team }) => team !== null)?.team ?? null
}

type Found = Group & {
  readonly team: string | null
  readonly counts: PodCounts
  readonly labels: Readonly<Record<string, string>>
}

type Look = { readonly seen: Seen; readonly newest: NewestReplicaSets; readonly migration: Migration }

function stragglerOf({ seen, newest, migration }: Look, found: Found): Straggler {
  const { workload, pods, team, counts, labels: namespaceLabels, stranger } = found
  const { redeploys } = seen
  const facts = seen.workloads.get(workloadKey(workload))
  const old = pods.filter(({ revision }) => revision !== null && migration.from.includes(revision))
  const last = newest.of(workload.kind, pods)
  const underWay = last !== null && isUnderWay(pods, last.uid, migration)
  return {
    team,
    ...workload,
    old: counts.old,
    pods: pods.length,
    newestPodAt: newestOfAll(pods),
    ...(last?.createdAt ? { redeployedAt: last.createdAt } : {}),
    ...(facts?.keeper ? { keeper: facts.keeper } : {}),
    cause: causeOf({ workload, facts, old, namespaceLabels, redeploys, underWay, stranger }),
  }
}

function newestOfAll(pods: readonly PodEntry[]): string {
  return pods.reduce((newest, { createdAt }) => (createdAt > newest ? createdAt : newest), '')
}

/** Pods of the newest ReplicaSet have the new sidecar, and none of them an old one: those that are left are of the one before. */
function isUnderWay(pods: readonly PodEntry[], newest: string, { from, to }: Migration): boolean {
  const own = pods.filter(({ owner }) => owner?.uid === newest)
  return (
    own.some(({ revision }) => revision === to) &&
    !own.some(({ revision }) => revision !== null && from.includes(revision))
  )
}

/** Teams with a pod on an old sidecar, the most such pods first; what nobody owns is last. */
function teamsOf(found: readonly Found[]): readonly TeamCount[] {
  const byTeam = Map.groupBy(found, ({ team }) => team)
  const teams = [...byTeam].map(([team, group]) => ({
    team,
    ...sumOf(group.map(({ counts }) => counts)),
    workloads: group.filter(({ counts }) => counts.old > 0).length,
  }))
  return teams.filter(({ old }) => old > 0).sort(worstFirst)
}

function podsOfTeams(found: readonly Found[]): readonly TeamPods[] {
  return [...Map.groupBy(found, ({ team }) => team)].map(([team, group]) => ({
    team,
    fresh: group.reduce((sum, { counts }) => sum + counts.new, 0),
    unknown: group.flatMap(({ pods }) => pods).filter(({ revision }) => revision === null).length,
  }))
}

function lastChangedFirst(found: readonly Found[], newest: NewestReplicaSets): readonly TeamWorkload[] {
  const known = found.filter(({ stranger }) => !stranger)
  const all = known.map(({ team, workload, pods }) => ({
    team,
    ...workload,
    changedAt: newest.of(workload.kind, pods)?.createdAt || newestOfAll(pods),
  }))
  return all.toSorted((a, b) => (a.changedAt < b.changedAt ? 1 : -1))
}

function worstFirst(a: TeamCount, b: TeamCount): number {
  if ((a.team === null) !== (b.team === null)) return a.team === null ? 1 : -1
  return b.old - a.old || ((a.team ?? '') < (b.team ?? '') ? -1 : 1)
}

function inOrder(stragglers: readonly Straggler[], teams: readonly TeamCount[]): readonly Straggler[] {
  const rank = new Map(teams.map(({ team }, index) => [team, index]))
  const at = ({ team }: Straggler): number => rank.get(team) ?? 0
  return stragglers.toSorted((a, b) => at(a) - at(b) || b.old - a.old || (workloadKey(a) < workloadKey(b) ? -1 : 1))
}

function sumOf(counts: readonly PodCounts[]): PodCounts {
  const sum = { old: 0, new: 0, other: 0 }
  for (const one of counts) {
    sum.old += one.old
    sum.new += one.new
    sum.other += one.other
  }
  return sum
}
