import { isoOf } from '../kernel/clock.ts'
import { concernFacts } from '../notify/concern.ts'
import { ownWorkloads } from '../notify/team-message.ts'
import type { ConcernFacts } from '../wire/concern-facts.ts'
import type { Run } from '../wire/run.ts'
import type { TeamState } from '../wire/team-states.ts'
import { plainNotice } from './plain-notice.ts'
import { type Told, wayOf, wordTo } from './send-team-card.ts'
import type { Taken, WorkerContext } from './worker-context.ts'

type Why = Pick<ConcernFacts, 'kind' | 'by' | 'number'>

/**
 * Tells whoever runs the upgrade of a team, in the cluster's channel: somebody of it wants their help, or nobody of it answers. Once for
 * each person, once for the silence: its name says so. Whoever asked for the upgrade is mentioned, since they have to act.
 */
export async function tellConcern(
  ctx: WorkerContext,
  { run, taken, name, team }: Told & { readonly run: Run; readonly taken: Taken | null },
  state: TeamState | undefined,
  why: Why,
): Promise<void> {
  const message = `${wordTo(run, name, [why.kind, ...(why.by ? [why.by] : [])].join('.'))}${wayOf(run)}`
  const card = concernFacts(run, taken && { ...taken, ...ownWorkloads(taken.stragglers, name, state) }, {
    ...why,
    team: name,
    channel: team.channel,
    ...(team.contact ? { contact: team.contact } : {}),
    at: isoOf(ctx.clocks.calendar.now()),
  })
  await ctx.queue.addNotice({ ...plainNotice(ctx, run, message, card), mention: [run.requestedBy.user] })
}
