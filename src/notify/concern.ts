import type { TeamPods } from '../census/count.ts'
import type { Census, Straggler } from '../wire/census.ts'
import type { ConcernFacts } from '../wire/concern-facts.ts'
import type { Run } from '../wire/run.ts'
import { endsOf } from './ends.ts'

const SHOWN = 10

type Counted = {
  readonly census: Census
  readonly everyTeam: readonly TeamPods[]
  /** The team's workloads that are left. */
  readonly own: readonly Straggler[]
}

/** What whoever runs the upgrade reads of one team; null for `counted` where pods can't be counted now. */
export function concernFacts(
  run: Run,
  counted: Counted | null,
  about: Pick<ConcernFacts, 'kind' | 'team' | 'channel' | 'contact' | 'at' | 'by' | 'number'>,
): ConcernFacts {
  const { from, to } = run.plan
  const ends = counted ? endsOf(run.plan, counted.census.migration) : { from, to }
  const card = { card: 'concern' as const, cluster: run.cluster, run: run.id, ...ends, ...about }
  if (!counted) return card
  const { census, own, everyTeam } = counted
  return {
    ...card,
    counted: {
      at: census.countedAt,
      old: own.reduce((sum, { old }) => sum + old, 0),
      new: everyTeam.find((one) => one.team === about.team)?.fresh ?? 0,
      workloads: own.slice(0, SHOWN),
      more: Math.max(0, own.length - SHOWN),
    },
  }
}
