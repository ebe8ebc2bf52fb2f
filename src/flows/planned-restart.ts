import { refusalOf } from '../kernel/errors.ts'
import { nameOfWorkload } from '../notify/team-message.ts'
import { afterPlan, atItsTime, type Judged } from '../restarts/advance.ts'
import { nameOf } from '../restarts/facts-of-workload.ts'
import { hasLapsed, isDue } from '../restarts/when.ts'
import { codedOf } from '../upgrade/event.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { Coded } from '../wire/facts.ts'
import type { Restart } from '../wire/restarts.ts'
import { freshCensus } from './fresh-census.ts'
import { judgeRestart, whyClosed } from './judge-restart.ts'
import type { WorkerContext } from './worker-context.ts'

/** A restart whose time was picked, one look further. Its workload is read at that time alone. */
export async function afterPlanned(ctx: WorkerContext, one: Restart): Promise<Restart> {
  const { calendar, machine } = ctx.clocks
  const nowMs = calendar.now()
  const after = afterPlan(one, { over: await whyOver(ctx, one), moved: hasMoved(ctx, one) }, nowMs)
  if (after !== one || (one.due !== undefined && isDue(one.due, nowMs) === 'not yet')) return after
  return atItsTime(one, await judgeAgain(ctx, one).catch(whyForbidden), nowMs, machine.now())
}

/** A right that is missing does not come by waiting; everything else is looked at again until the time is missed. */
function whyForbidden(error: unknown): Judged {
  const { code, facts } = refusalOf(error)
  if (code !== 'CLUSTER_FORBIDDEN') throw error
  return { because: codedOf(code, facts) }
}

/** Why a write that is due must not be made at this moment: also a click of some minutes ago is none of now. */
export async function whyNotNow(ctx: WorkerContext, one: Restart): Promise<Coded | null> {
  const over = await whyOver(ctx, one)
  if (over) return over
  const run = await ctx.runs.current()
  const closed = run && whyClosed(run)
  if (closed) return codedOf(closed.code, closed.facts)
  return hasLapsed(one, ctx.clocks.machine.now()) ? codedOf('RESTART_LAPSED') : null
}

/** Nothing of this restart can begin any more, whatever passes: its upgrade is over, or pods move the other way since. */
async function whyOver(ctx: WorkerContext, { run: id, team, to }: Restart): Promise<Coded | null> {
  if (ctx.settings.restarts !== 'owners') return codedOf('RESTARTS_OFF', { team })
  const run = await ctx.runs.current()
  if (run?.id !== id || run.state === 'done') return codedOf('NUDGE_OUTDATED', { team })
  // While the switch is undone, and once it is, no pod moves at all.
  return migrationOf(run)?.to === to.revision ? null : codedOf('RESTART_TURNED', { to: to.version })
}

/** Counted just now, and on the way of this restart. */
function hasMoved(ctx: WorkerContext, { to, workload }: Restart): boolean {
  const taken = freshCensus(ctx)
  if (!taken || taken.census.migration.to !== to.revision) return false
  return taken.stragglers.every((one) => nameOfWorkload(one) !== nameOf(workload))
}

/** Whether somebody is of the team still is judged by the groups that Slack named at the click, and by the lists of now. */
async function judgeAgain(ctx: WorkerContext, one: Restart): Promise<Judged> {
  const { id, run, to, team, workload, by } = one
  const groups = [...(one.groups ?? ctx.settings.teams[team]?.members ?? [])]
  const judged = await judgeRestart(ctx, { user: by, groups }, { run, to: to.revision, team, workload }, id)
  return judged.ok ? { object: judged.value.object } : { because: codedOf(judged.refusal.code, judged.refusal.facts) }
}
