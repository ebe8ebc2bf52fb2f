import { isoOf } from '../kernel/clock.ts'
import type { Facts } from '../kernel/errors.ts'
import { dayIn, withinWindows } from '../kernel/zone.ts'
import { type NextForTeam, nextForTeam } from '../notify/nudge.ts'
import { firstDrawing } from '../notify/live-card.ts'
import { oldIn } from '../notify/old-pods.ts'
import { ownWorkloads } from '../notify/team-message.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import { type TeamState, UNOWNED } from '../wire/team-states.ts'
import { closeOtherWay } from './close-other-way.ts'
import { everybodyTold } from './everybody-told.ts'
import { censusOfWay } from './fresh-census.ts'
import { sendOwed } from './owed-team-cards.ts'
import { areHeld, keepPreview, repeatSent } from './preview-nudges.ts'
import { redrawNudge } from './redraw-nudge.ts'
import { tellConcern } from './tell-concern.ts'
import { closeGone, closeOlder, daysOf, lineName, type Looked, sendTeamCard, zoneOf } from './send-team-card.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Looks for each team with a channel whether it is to be told something: once after the switch, then about its own workloads that
 * are left; and the same for what no team owns, where somebody looks after it. A run's first reminders are previewed, and none leaves before
 * somebody sends them. What was told is saved in the cluster after it is in the queue; a worker killed in between sends the same message
 * again, which the bot knows.
 */
export async function nudgeTeams(ctx: WorkerContext): Promise<void> {
  const run = await ctx.runs.current()
  const taken = run && censusOfWay(ctx, run)
  await closeOtherWay(ctx, run)
  if (!run || !taken) return
  await ctx.teams.change(run, async (before) => {
    const teams = { ...before.teams }
    const held = areHeld(before)
    let isAnyHeld = false
    for (const { name, team } of everybodyTold(ctx)) {
      const key = name ?? UNOWNED
      if (before.owed) await sendOwed(ctx, { run, taken, name, team }, teams[key])
      const next = await lookAt(ctx, { run, taken, name, team }, teams[key], {
        held,
        isForgotten: before.owed === true,
      })
      if (next.state) teams[key] = next.state
      isAnyHeld ||= next.isHeld === true
    }
    const looked = everybodyTold(ctx).map((told) => ({ ...told, run, taken }))
    const preview = await (held ? keepPreview : repeatSent)(ctx, looked, { ...before, teams }, isAnyHeld)
    const { raised } = before
    return { teams, ...(preview ? { preview } : {}), ...(raised ? { raised } : {}) }
  })
}

async function lookAt(
  ctx: WorkerContext,
  looked: Looked,
  before: TeamState | undefined,
  { held, isForgotten }: { readonly held: boolean; readonly isForgotten: boolean },
): Promise<NextForTeam> {
  const { taken, name, team } = looked
  const nowMs = ctx.clocks.calendar.now()
  const zone = zoneOf(ctx, team)
  const { own, disowned } = ownWorkloads(taken.stragglers, name, before)
  const { nudge } = ctx.settings
  const { fresh = 0, unknown = 0 } = taken.everyTeam.find((one) => one.team === name) ?? {}
  const look = {
    own,
    // What no team owned and is labelled now was what was asked for.
    all: name === null ? own : taken.stragglers,
    fresh,
    unknown,
    byLabelToo: name === null,
    disowned: disowned.length > 0,
    held,
    open: withinWindows({ allow: [nudge.window], freeze: [] }, nowMs, zone),
    nowMs,
    day: dayIn(nowMs, zone),
  }
  const next = nextForTeam(before, look, nudge)
  const { state, send } = next
  if (!state) return next
  if (!send) return { ...next, state: await redrawNudge(ctx, looked, state, isForgotten) }
  const told = { ...state, ...(send === 'nudge' ? firstDrawing(state, own, nowMs) : {}) }
  await tell(ctx, looked, send, told, before)
  return { ...next, state: told }
}

/** The audit first: what a team was told can't be told without its line. */
async function tell(
  ctx: WorkerContext,
  looked: Looked,
  kind: NonNullable<NextForTeam['send']>,
  state: TeamState,
  before: TeamState | undefined,
): Promise<void> {
  const { run, taken, name } = looked
  const old = oldIn(ownWorkloads(taken.stragglers, name, state).own)
  await ctx.audit.append({
    id: lineName(run, name, kind, state),
    at: isoOf(ctx.clocks.calendar.now()),
    cluster: run.cluster,
    run: run.id,
    what:
      kind === 'silent'
        ? codedOf('TEAM_SILENT', { ...(name === null ? {} : { team: name }), number: state.nudges, old })
        : toldAs(name, {
            what: kind,
            old,
            number: state.nudges,
            by: kind === 'nudge' ? daysOf(ctx, looked, kind).deadline?.day : undefined,
          }),
  })
  if (kind === 'silent') return tellConcern(ctx, looked, state, { kind, number: state.nudges })
  if (kind === 'closed') return closeGone(ctx, looked, state)
  if (kind === 'nudge') await closeOlder(ctx, looked, before)
  await sendTeamCard(ctx, looked, kind, state)
}

function toldAs(name: string | null, facts: Facts): Coded {
  return name === null ? codedOf('UNOWNED_TOLD', facts) : codedOf('TEAM_TOLD', { team: name, ...facts })
}
