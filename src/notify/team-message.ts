import type { Census, Straggler } from '../wire/census.ts'
import type { TeamFacts } from '../wire/card-facts.ts'
import type { Run } from '../wire/run.ts'
import { endsOf } from './ends.ts'
import type { NudgePolicy, TeamMessage } from './nudge.ts'

const WORKLOADS = 10

/** What one team reads: its own workloads only. */
export function teamFacts(
  run: Run,
  census: Census,
  own: readonly Straggler[],
  about: { readonly team: string; readonly kind: TeamMessage; readonly number: number; readonly contact?: string },
  policy: NudgePolicy,
): TeamFacts {
  const { contact, ...rest } = about
  return {
    card: 'team',
    cluster: run.cluster,
    run: run.id,
    ...endsOf(run.plan, census.migration),
    ...rest,
    most: policy.max,
    requestedBy: run.requestedBy.user,
    ...(contact === undefined ? {} : { contact }),
    countedAt: census.countedAt,
    old: own.reduce((sum, { old }) => sum + old, 0),
    workloads: own.slice(0, WORKLOADS),
    more: Math.max(0, own.length - WORKLOADS),
  }
}
