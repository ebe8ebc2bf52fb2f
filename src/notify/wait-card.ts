import type { Census } from '../wire/census.ts'
import type { WaitFacts } from '../wire/card-facts.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { endsOf } from './ends.ts'

/** So many teams are named, the worst. */
const TEAMS = 6

/** What the card of the long wait shows: how far it is, day by day, who is left, and what keeps the old control plane. */
export function waitFacts(
  run: Run,
  census: Census,
  about: { readonly because: Coded | null } & Pick<WaitFacts, 'rollbackOffered' | 'deadline' | 'curve' | 'forecast'>,
): WaitFacts {
  const { migration, pods, unknown, teams, countedAt } = census
  const { because, ...rest } = about
  return {
    card: 'wait',
    cluster: run.cluster,
    run: run.id,
    ...endsOf(run.plan, migration),
    revision: migration.from.join(', '),
    countedAt,
    pods,
    unknown,
    teams: teams.slice(0, TEAMS).map(({ team, old }) => ({ team, old })),
    moreTeams: Math.max(0, teams.length - TEAMS),
    ...rest,
    ...(because ? { because } : {}),
  }
}
