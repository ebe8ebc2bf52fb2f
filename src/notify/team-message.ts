import type { Census, Straggler } from '../wire/census.ts'
import type { TeamFacts } from '../wire/card-facts.ts'
import type { Run } from '../wire/run.ts'
import type { TeamState } from '../wire/team-states.ts'
import { endsOf } from './ends.ts'
import type { NudgePolicy } from './nudge.ts'
import { oldIn } from './old-pods.ts'

const WORKLOADS = 10

/** A team's workloads that are left, or for null those that no team owns: those that it takes for its own, and those that it said are not. */
export function ownWorkloads(
  stragglers: readonly Straggler[],
  team: string | null,
  state: TeamState | undefined,
): { readonly own: readonly Straggler[]; readonly disowned: readonly Straggler[] } {
  const notOurs = new Set(state?.notOurs)
  const all = stragglers.filter((one) => one.team === team)
  return {
    own: all.filter((one) => !notOurs.has(nameOfWorkload(one))),
    disowned: all.filter((one) => notOurs.has(nameOfWorkload(one))),
  }
}

/** `namespace/kind/name`. */
export function nameOfWorkload({ namespace, kind, name }: Straggler): string {
  return `${namespace}/${kind}/${name}`
}

/** What a card about these shows by name: an answer to it speaks of nothing else. */
export function shownOf(own: readonly Straggler[]): string[] {
  return own.slice(0, WORKLOADS).map(nameOfWorkload)
}

/** What the reminder named and is still left: nobody disowns what nobody saw. Records of before it was kept: what is left. */
export function onTheCard(own: readonly Straggler[], { shown }: TeamState): readonly Straggler[] {
  return shown ? own.filter((one) => shown.includes(nameOfWorkload(one))) : own
}

/** A reminder of an upgrade that went another way, or is over. `to`: the revision that it asked to move to. */
export function overNudge(
  run: Run,
  to: string,
  about: Pick<TeamFacts, 'team' | 'label' | 'number' | 'contact' | 'most'>,
  at: string,
): TeamFacts {
  return {
    card: 'team',
    cluster: run.cluster,
    run: run.id,
    ...endsOf(run.plan, { from: [], to }),
    kind: 'nudge',
    ...about,
    requestedBy: run.requestedBy.user,
    countedAt: at,
    old: 0,
    workloads: [],
    more: 0,
    replaced: true,
    over: true,
  }
}

/** What one team reads: its own workloads only. */
export function teamFacts(
  run: Run,
  census: Census,
  own: readonly Straggler[],
  about: Pick<
    TeamFacts,
    'team' | 'label' | 'kind' | 'number' | 'contact' | 'deadline' | 'remindDays' | 'answered' | 'restarts'
  >,
  policy: NudgePolicy,
): TeamFacts {
  return {
    card: 'team',
    cluster: run.cluster,
    run: run.id,
    ...endsOf(run.plan, census.migration),
    ...about,
    most: policy.max,
    requestedBy: run.requestedBy.user,
    countedAt: census.countedAt,
    ...shownWorkloads(own),
  }
}

/** The first of them, how many were left out, and the pods of all. */
export function shownWorkloads(own: readonly Straggler[]): Pick<TeamFacts, 'old' | 'workloads' | 'more'> {
  return {
    old: oldIn(own),
    workloads: own.slice(0, WORKLOADS),
    more: Math.max(0, own.length - WORKLOADS),
  }
}
