import { hoursText } from '../kernel/windows.ts'
import { epochOf, isoOf } from '../kernel/clock.ts'
import { endsOf } from '../notify/ends.ts'
import { nameOf, shownOf } from '../restarts/facts-of-workload.ts'
import { shapeOf } from '../restarts/shape.ts'
import { mayPick, offeredTime } from '../restarts/when.ts'
import { codedOf, type Click } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Restart } from '../wire/restarts.ts'
import { no, noBecause, type Answer } from './answer.ts'
import { auditClick } from './audit-click.ts'
import { deadlineNow } from './deadline-now.ts'
import { isOpen, judgeRestart, readBudgets, type Judged, type RestartAsk } from './judge-restart.ts'
import { zoneOf } from './send-team-card.ts'
import type { WorkerContext } from './worker-context.ts'

/** What an owner sees before they restart a workload: replicas, strategy, disruption budget; or why it can't be, and what to do. */
export async function lookAtRestart(
  ctx: WorkerContext,
  click: Click,
  ask: Extract<RestartAsk, { kind: 'restart-look' }>,
): Promise<Answer> {
  const judged = await judgeRestart(ctx, click.who, ask)
  if (!judged.ok) return no(codedOf(judged.refusal.code, judged.refusal.facts))
  const { object, team } = judged.value
  const budgets = await readBudgets(ctx, ask.workload.namespace)
  const zone = zoneOf(ctx, team)
  const { window } = ctx.settings.nudge
  const offered = offeredTime({ window, zone }, ctx.clocks.calendar.now()) / 1000
  const facts = { ...shownOf(ask.workload, object, budgets), offered, hours: hoursText(window), zone }
  return { ok: true, said: codedOf('RESTART_SHOWN', facts) }
}

/**
 * Records that an owner wants a workload restarted, now or at a picked time. The audit has the click first; the restart itself is done
 * from the record, by whichever worker leads. Refused where the workload is no longer as it was shown. A request that comes once more,
 * since the worker that recorded it died before it could say so, is answered and recorded no second time.
 */
export async function askRestart(
  ctx: WorkerContext,
  click: Click,
  ask: Extract<RestartAsk, { kind: 'restart' }>,
): Promise<Answer> {
  const said = saidOf(ask)
  if ((await ctx.restarts.read()).some(({ id }) => id === click.request)) return { ok: true, said }
  const judged = await judgeRestart(ctx, click.who, ask)
  if (!judged.ok) return no(codedOf(judged.refusal.code, judged.refusal.facts))
  const { object } = judged.value
  if (object.metadata.uid !== ask.uid || shapeOf(object) !== ask.shape) {
    return noBecause('RESTART_CHANGED', { workload: nameOf(ask.workload) })
  }
  const badTime = ask.at === undefined ? null : whyNotThen(ctx, judged.value, ask.at)
  if (badTime) return no(badTime)
  const record = recordOf(ctx, click, ask, judged.value)
  await auditClick(ctx, click, { area: 'restart', run: ask.run, what: said })
  let taken = false
  await ctx.restarts.change((all) => {
    taken = all.every((one) => nameOf(one.workload) !== nameOf(ask.workload) || !isOpen(one))
    return taken ? [...kept(all), record] : null
  })
  return taken ? { ok: true, said } : noBecause('RESTART_UNDER_WAY', { workload: nameOf(ask.workload) })
}

/** A ConfigMap holds so many: of those that ended the newest stay, for whoever looks. */
const KEPT_ENDED = 50

function kept(all: readonly Restart[]): readonly Restart[] {
  const old = new Set(all.filter((one) => !isOpen(one) && one.told >= one.revision).slice(0, -KEPT_ENDED))
  return all.filter((one) => !old.has(one))
}

function whyNotThen(ctx: WorkerContext, { run, taken, team }: Judged, at: string): Coded | null {
  const zone = zoneOf(ctx, team)
  const { deadline } = deadlineNow(ctx, run, taken.census, zone)
  const lastDay = deadline && deadline.days >= 0 ? deadline.day : undefined
  const why = mayPick(at, { window: ctx.settings.nudge.window, zone, lastDay }, ctx.clocks.calendar.now())
  return why ? codedOf(why.code, why.facts) : null
}

/** The stamp is chosen here, before anything is written: whoever finds it in the template later knows whose write it was. */
function recordOf(
  ctx: WorkerContext,
  { request, who }: Click,
  { run: id, team, workload, uid, shape, at }: Extract<RestartAsk, { kind: 'restart' }>,
  { run, taken, team: owners }: Judged,
): Restart {
  const now = isoOf(ctx.clocks.calendar.now())
  const askedAt = isoOf(ctx.clocks.machine.now())
  return {
    id: request,
    run: id,
    ...endsOf(run.plan, taken.census.migration),
    team,
    workload,
    uid,
    shape,
    by: who.user,
    groups: who.groups.filter((group) => owners.members?.includes(group)),
    at: now,
    ...(at === undefined ? { stamp: now, askedAt } : { due: isoOf(epochOf(at)) }),
    state: at === undefined ? 'asked' : 'planned',
    revision: 1,
    told: 0,
  }
}

function saidOf({ workload, team, at }: Extract<RestartAsk, { kind: 'restart' }>): Coded {
  const facts = { workload: nameOf(workload), team }
  return at === undefined ? codedOf('RESTART_ASKED', facts) : codedOf('RESTART_PLANNED', { ...facts, due: at })
}
