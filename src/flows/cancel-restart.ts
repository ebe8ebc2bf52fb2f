import { ended } from '../restarts/advance.ts'
import { nameOf } from '../restarts/facts-of-workload.ts'
import { mayRestart } from '../restarts/who.ts'
import { codedOf, type Click } from '../upgrade/event.ts'
import type { Ask } from '../wire/request.ts'
import { noBecause, type Answer } from './answer.ts'
import { auditClick } from './audit-click.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Somebody of the team takes a picked time back: nothing is restarted then. Whoever may pick one may do so, also where owners may pick
 * none any more. A restart that has begun is not stopped. The audit has the click first.
 */
export async function cancelRestart(
  ctx: WorkerContext,
  click: Click,
  { run, team, restart }: Extract<Ask, { kind: 'restart-cancel' }>,
): Promise<Answer> {
  const stranger = mayRestart(team, ctx.settings.teams[team] ?? {}, click.who)
  if (stranger) return noBecause(stranger.code, stranger.facts)
  const one = (await ctx.restarts.read()).find((each) => each.id === restart && each.run === run && each.team === team)
  if (one?.state !== 'planned') return noBecause('RESTART_NO_TIME', { team })
  const what = codedOf('RESTART_TAKEN_BACK', { workload: nameOf(one.workload), by: click.who.user })
  await auditClick(ctx, click, { area: 'restart', run, what })
  let taken = false
  await ctx.restarts.change((all) => {
    taken = all.some(({ id, state }) => id === restart && state === 'planned')
    const nowMs = ctx.clocks.calendar.now()
    return taken ? all.map((each) => (each.id === restart ? ended(each, 'dropped', what, nowMs) : each)) : null
  })
  return taken ? { ok: true, said: what } : noBecause('RESTART_NO_TIME', { team })
}
