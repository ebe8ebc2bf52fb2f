import type { Census, Straggler } from '../wire/census.ts'
import type { DigestFacts } from '../wire/card-facts.ts'
import type { DigestState } from '../wire/digest-state.ts'
import type { Run } from '../wire/run.ts'
import { endsOf } from './ends.ts'

/** A digest that comes more than so much after its time says that it is late. */
const LATE_MS = 30 * 60_000
/** Nothing new is not told, but nobody shall wonder for longer than a week whether Meshferry is still there. */
const SILENT_MS = 7 * 86_400_000

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

/** Is there anything to say: something changed since the last one, or it was a week ago? */
export function isWorthTelling({ told }: DigestState, { pods, teams }: Census, nowMs: number): boolean {
  if (!told || nowMs - told.atMs >= SILENT_MS) return true
  return told.old !== pods.old || told.new !== pods.new || told.teams !== teams.length
}

/** What the digest says: how far, since the last one, and by team, worst first, what is left and why. */
export function digestFacts(
  run: Run,
  census: Census,
  stragglers: readonly Straggler[],
  { told }: DigestState,
  about: Pick<DigestFacts, 'day' | 'late' | 'deadline'>,
): DigestFacts {
  const byTeam = [...Map.groupBy(stragglers, ({ team }) => team)]
  const shown = byTeam.slice(0, TEAMS)
  return {
    card: 'digest',
    cluster: run.cluster,
    run: run.id,
    ...endsOf(run.plan, census.migration),
    ...about,
    migration: census.migration,
    countedAt: census.countedAt,
    pods: census.pods,
    ...(told ? { before: { day: told.day, old: told.old } } : {}),
    teams: shown.map(([team, workloads]) => ({
      team,
      old: workloads.reduce((sum, { old }) => sum + old, 0),
      workloads: workloads.slice(0, WORKLOADS),
      more: Math.max(0, workloads.length - WORKLOADS),
    })),
    moreTeams: byTeam.length - shown.length,
  }
}
