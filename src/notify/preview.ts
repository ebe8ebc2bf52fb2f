import type { Census } from '../wire/census.ts'
import type { PreviewFacts } from '../wire/card-facts.ts'
import type { Run } from '../wire/run.ts'
import { endsOf } from './ends.ts'

const TEAMS = 12

/** One team that would be nudged. */
export type WouldHear = PreviewFacts['teams'][number]

/** Whom a run's first nudges go to: who was told and has something left. Most pods first, what no team owns last. */
export function inOrder(teams: readonly WouldHear[]): WouldHear[] {
  return teams
    .filter(({ old }) => old > 0)
    .toSorted((a, b) => Number(a.team === null) - Number(b.team === null) || b.old - a.old)
}

/** The card over which somebody lets the first nudges leave. `hear` as `inOrder` has them. */
export function previewFacts(
  run: Run,
  census: Census,
  hear: readonly WouldHear[],
  about: Pick<PreviewFacts, 'sample' | 'sentBy'>,
): PreviewFacts {
  return {
    card: 'preview',
    cluster: run.cluster,
    run: run.id,
    ...endsOf(run.plan, census.migration),
    state: about.sentBy ? 'sent' : hear.length > 0 ? 'held' : 'nobody',
    revision: census.migration.to,
    requestedBy: run.requestedBy.user,
    countedAt: census.countedAt,
    teams: hear.slice(0, TEAMS),
    moreTeams: Math.max(0, hear.length - TEAMS),
    ...about,
  }
}

/** The same of an upgrade that went another way, or is over, before anybody sent them. `to`: where its pods were to move. */
export function overFacts(run: Run, to: string, at: string): PreviewFacts {
  const { cluster, id, plan, requestedBy } = run
  return {
    card: 'preview',
    cluster,
    run: id,
    from: plan.from,
    to: plan.to,
    state: 'over',
    revision: to,
    requestedBy: requestedBy.user,
    countedAt: at,
    teams: [],
    moreTeams: 0,
  }
}
