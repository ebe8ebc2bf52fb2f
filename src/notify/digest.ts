import { canonicalJson, sha256 } from '../kernel/hash.ts'
import { daysLater, nextDayAt } from '../kernel/zone.ts'
import type { Census, Straggler } from '../wire/census.ts'
import type { DigestFacts } from '../wire/card-facts.ts'
import type { DigestState } from '../wire/digest-state.ts'
import type { Run } from '../wire/run.ts'
import { endsOf } from './ends.ts'

/** A digest that comes more than so much after its time says that it is late. */
export const LATE_MS = 30 * 60_000
/** Nothing new is not told, but nobody shall wonder for longer than a week whether Meshferry is still there. */
const SILENT_DAYS = 7

/** A little more than a message can show: the card says how many are left out. */
const TEAMS = 12
const WORKLOADS = 4

export type DueDigest = { readonly momentMs: number; readonly late: boolean }

/**
 * The nightly digest that is due: that of the last moment at its time of day, where it was not dealt with yet. A worker that was away
 * for some nights owes the last one only. A run's first is the one after its migration began.
 */
export function digestDue(state: DigestState, momentMs: number, nowMs: number): DueDigest | null {
  if (momentMs <= state.handledMs) return null
  return { momentMs, late: nowMs - momentMs > LATE_MS }
}

/** When digests are looked at: at a minute of the day in a zone. */
export type Nightly = { readonly minute: number; readonly zone: string }

/**
 * Is there anything to say: something changed since the last one, or would the next night be more than a week after it? Days of the
 * calendar: what was told a moment after its time, in a week with a change of the clocks or the next morning is never a day late.
 */
export function isWorthTelling(
  { told }: DigestState,
  census: Census,
  stragglers: readonly Straggler[],
  momentMs: number,
  { minute, zone }: Nightly,
): boolean {
  if (!told) return true
  if (nextDayAt(momentMs, minute, zone) > daysLater(told.atMs, SILENT_DAYS, zone)) return true
  const { pods, teams } = census
  if (told.old !== pods.old || told.new !== pods.new || told.teams !== teams.length) return true
  return told.left !== leftHash(census, stragglers)
}

/** Which teams have how much left and why, and of how many pods nobody knows: the same totals may hide that any of it changed. */
function leftHash({ teams, unknown }: Census, stragglers: readonly Straggler[]): string {
  const causes = [...Map.groupBy(stragglers, ({ team }) => team)].map(([team, own]) => [
    team,
    [...new Set(own.map(({ cause }) => cause.code))].sort(),
  ])
  return sha256(canonicalJson({ unknown, causes, teams: teams.map(({ team, old }) => [team, old]) })).slice(0, 16)
}

/** What is kept of a digest that was told, to compare the next one with. */
export function toldOf(
  census: Census,
  stragglers: readonly Straggler[],
  day: string,
  atMs: number,
): NonNullable<DigestState['told']> {
  const { pods, teams } = census
  return { day, atMs, old: pods.old, new: pods.new, teams: teams.length, left: leftHash(census, stragglers) }
}

/** What the digest says: how far, since the last one, and by team, worst first, what is left and why. */
export function digestFacts(
  run: Run,
  census: Census,
  stragglers: readonly Straggler[],
  { told }: DigestState,
  about: Pick<DigestFacts, 'day' | 'late' | 'uncounted' | 'deadline' | 'held' | 'curve' | 'forecast'>,
): DigestFacts {
  const byTeam = [...Map.groupBy(stragglers, ({ team }) => team)]
  const shown = withUnowned(byTeam)
  return {
    card: 'digest',
    cluster: run.cluster,
    run: run.id,
    ...endsOf(run.plan, census.migration),
    ...about,
    migration: census.migration,
    countedAt: census.countedAt,
    pods: census.pods,
    unknown: census.unknown,
    ...(census.pinned ? { pinned: census.pinned } : {}),
    ...(told ? { before: { day: told.day, old: told.old, new: told.new } } : {}),
    teams: shown.map(([team, workloads]) => ({
      team,
      old: workloads.reduce((sum, { old }) => sum + old, 0),
      workloads: workloads.slice(0, WORKLOADS),
      more: Math.max(0, workloads.length - WORKLOADS),
    })),
    moreTeams: byTeam.length - shown.length,
  }
}

/** The worst of the teams, and last what no team owns: each team is reminded in its own channel, but of these pods only the digest speaks. */
function withUnowned<Own>(
  byTeam: readonly (readonly [string | null, Own])[],
): readonly (readonly [string | null, Own])[] {
  const unowned = byTeam.filter(([team]) => team === null)
  const named = byTeam.filter(([team]) => team !== null)
  return [...named.slice(0, TEAMS - unowned.length), ...unowned]
}
