import { sha256 } from '../kernel/hash.ts'
import type { Click } from '../upgrade/event.ts'
import type { Straggler } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'
import { plainNotice } from './plain-notice.ts'
import type { Taken, WorkerContext } from './worker-context.ts'

const SHOWN = 10

/**
 * Whoever runs the upgrade hears in the cluster's channel that workloads are not this team's: a label is wrong, and only they can find
 * out whose it is. Of an `outsider`, of whom it ends no reminder, once for each person and team.
 */
export async function tellDisowned(
  ctx: WorkerContext,
  { run, taken, name }: { readonly run: Run; readonly taken: Taken; readonly name: string },
  { request, who }: Click,
  own: readonly Straggler[],
  outsider = false,
): Promise<void> {
  const card = {
    card: 'disowned' as const,
    cluster: run.cluster,
    run: run.id,
    from: run.plan.from,
    to: run.plan.to,
    team: name,
    by: who.user,
    countedAt: taken.census.countedAt,
    label: ctx.settings.teamLabel,
    workloads: own.slice(0, SHOWN),
    more: Math.max(0, own.length - SHOWN),
    ...(outsider ? { outsider: true as const } : {}),
  }
  const whose = outsider ? sha256(`${name} ${who.user}`).slice(0, 8) : request
  await ctx.queue.addNotice(plainNotice(ctx, run, `${run.id}.disowned.${whose}`, card))
}
