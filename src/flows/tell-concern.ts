import { isoOf } from '../kernel/clock.ts'
import { concernFacts } from '../notify/concern.ts'
import { ownWorkloads } from '../notify/team-message.ts'
import type { ConcernFacts } from '../wire/concern-facts.ts'
import type { Run } from '../wire/run.ts'
import { type Raised, type TeamState, type TeamStates, UNOWNED } from '../wire/team-states.ts'
import { isOfThisWay } from './close-other-way.ts'
import { everybodyTold } from './everybody-told.ts'
import { censusOfWay } from './fresh-census.ts'
import { plainNotice } from './plain-notice.ts'
import { type Told, wayOf, wordTo } from './send-team-card.ts'
import type { Taken, WorkerContext } from './worker-context.ts'

type Why = Pick<ConcernFacts, 'kind' | 'by' | 'number'>

type About = Told & { readonly run: Run; readonly taken: Taken | null }

/**
 * Tells whoever runs the upgrade of a team, in the cluster's channel: somebody of it wants their help, or nobody of it answers. Once for
 * each person, once for the silence: its name says so. Whoever asked for the upgrade is mentioned, since they have to act. `atMs`: when
 * that was.
 */
export async function tellConcern(
  ctx: WorkerContext,
  { run, taken, name, team }: About,
  state: TeamState | undefined,
  why: Why,
  atMs = ctx.clocks.calendar.now(),
): Promise<void> {
  const card = concernFacts(run, taken && { ...taken, ...ownWorkloads(taken.stragglers, name, state) }, {
    ...why,
    team: name,
    channel: team.channel,
    ...(team.contact ? { contact: team.contact } : {}),
    at: isoOf(atMs),
  })
  const notice = plainNotice(ctx, run, nameOf(run, name, why), card)
  await ctx.queue.addNotice({ ...notice, mention: [run.requestedBy.user], confirm: true })
}

function nameOf(run: Run, team: string | null, { kind, by }: Why): string {
  return `${wordTo(run, team, [kind, ...(by ? [by] : [])].join('.'))}${wayOf(run)}`
}

/** Tells again what may wait in a Redis that has lost its memory: all of which it is not known where it stands. */
export async function repeatConcerns(ctx: WorkerContext, run: Run): Promise<void> {
  await ctx.teams.amend(async (states) => {
    if (!states || !isOfThisWay(states, run)) return states
    const posted = await ctx.store.messages()
    const taken = censusOfWay(ctx, run)
    for (const told of everybodyTold(ctx)) {
      const lost = toldOf(states, told.name).filter((one) => !posted[nameOf(run, told.name, one.why)])
      const state = states.teams[told.name ?? UNOWNED]
      for (const { why, atMs } of lost) await tellConcern(ctx, { ...told, run, taken }, state, why, atMs)
    }
    return states
  })
}

/** What was told of one team. */
function toldOf(states: TeamStates, team: string | null): readonly { readonly why: Why; readonly atMs: number }[] {
  const { silentAtMs, nudges } = states.teams[team ?? UNOWNED] ?? {}
  const silence =
    silentAtMs === undefined ? [] : [{ why: { kind: 'silent' as const, number: nudges }, atMs: silentAtMs }]
  const helps = team === null ? [] : raisedBy(states, team)
  return [...silence, ...helps.map(({ user, atMs }) => ({ why: { kind: 'help' as const, by: user }, atMs }))]
}

/** Who of a team told the platform team, on this way. */
export function raisedBy({ raised, teams }: Pick<TeamStates, 'raised' | 'teams'>, team: string): Raised {
  return [...(teams[team]?.raised ?? []), ...(raised?.[team] ?? [])]
}
