import { isoOf } from '../kernel/clock.ts'
import type { Facts } from '../kernel/errors.ts'
import { sha256 } from '../kernel/hash.ts'
import { dayIn, withinWindows } from '../kernel/zone.ts'
import { nextForTeam, type TeamMessage } from '../notify/nudge.ts'
import { offeredSnooze } from '../notify/snooze.ts'
import { onTheCard, ownWorkloads, shownOf, teamFacts } from '../notify/team-message.ts'
import { codedOf } from '../upgrade/event.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { TeamFacts } from '../wire/card-facts.ts'
import type { Run } from '../wire/run.ts'
import type { Coded } from '../wire/facts.ts'
import { type TeamState, UNOWNED } from '../wire/team-states.ts'
import { deadlineNow } from './deadline-now.ts'
import { freshCensus } from './fresh-census.ts'
import { plainNotice } from './plain-notice.ts'
import type { KnownTeam, Taken, WorkerContext } from './worker-context.ts'

/**
 * Looks for each team with a channel whether it is to be told something: once after the switch, then about its own workloads that
 * are left; and the same for what no team owns, where somebody looks after it. What was told is saved in the cluster after it is in the queue; a worker killed in between sends the same message
 * again, which the bot knows.
 */
export async function nudgeTeams(ctx: WorkerContext): Promise<void> {
  const run = await ctx.runs.current()
  const taken = freshCensus(ctx)
  if (!run || !taken || !migrationOf(run)) return
  await ctx.teams.change(run, async (before) => {
    const teams = { ...before }
    for (const { name, team } of everybodyTold(ctx)) {
      const key = name ?? UNOWNED
      const state = await lookAt(ctx, { run, taken, name, team }, teams[key])
      if (state) teams[key] = state
    }
    return teams
  })
}

type Told = { readonly name: string | null; readonly team: KnownTeam }

function everybodyTold({ settings: { teams, unowned } }: WorkerContext): readonly Told[] {
  const named = Object.entries(teams).map(([name, team]) => ({ name, team }))
  return unowned ? [...named, { name: null, team: unowned }] : named
}

/** `name` is null for what no team owns. */
type Looked = Told & { readonly run: Run; readonly taken: Taken }

async function lookAt(
  ctx: WorkerContext,
  looked: Looked,
  before: TeamState | undefined,
): Promise<TeamState | undefined> {
  const { taken, name, team } = looked
  const nowMs = ctx.clocks.calendar.now()
  const zone = zoneOf(ctx, team)
  const { own, disowned } = ownWorkloads(taken.stragglers, name, before)
  const { nudge } = ctx.settings
  const open = withinWindows({ allow: [nudge.window], freeze: [] }, nowMs, zone)
  const { fresh = 0, unknown = 0 } = taken.everyTeam.find((one) => one.team === name) ?? {}
  const look = {
    old: oldIn(own),
    fresh,
    unknown,
    byLabelToo: name === null,
    disowned: disowned.length > 0,
    open,
    nowMs,
    day: dayIn(nowMs, zone),
  }
  const { state, send } = nextForTeam(before, look, nudge)
  if (!send || !state) return state
  const told = { ...state, ...(send === 'nudge' ? { shown: shownOf(own) } : {}) }
  await tell(ctx, looked, send, told)
  return told
}

function oldIn(workloads: Taken['stragglers']): number {
  return workloads.reduce((sum, { old }) => sum + old, 0)
}

/** The audit first: what a team was told can't be told without its line. */
async function tell(ctx: WorkerContext, looked: Looked, kind: TeamMessage, state: TeamState): Promise<void> {
  const { run, taken, name } = looked
  const old = oldIn(ownWorkloads(taken.stragglers, name, state).own)
  const by = offeredWith(ctx, looked, kind).deadline?.day
  await ctx.audit.append({
    id: lineName(run, name, kind, state),
    at: isoOf(ctx.clocks.calendar.now()),
    cluster: run.cluster,
    run: run.id,
    what: toldAs(name, { what: kind, old, number: state.nudges, by }),
  })
  await sendTeamCard(ctx, looked, kind, state)
}

function toldAs(name: string | null, facts: Facts): Coded {
  return name === null ? codedOf('UNOWNED_TOLD', facts) : codedOf('TEAM_TOLD', { team: name, ...facts })
}

/** The card as it is now; `answered` is what somebody of the team said to it. */
export async function sendTeamCard(
  ctx: WorkerContext,
  looked: Looked,
  kind: TeamMessage,
  state: TeamState,
  answered?: TeamFacts['answered'],
): Promise<void> {
  const { run, taken, name, team } = looked
  // Who disowned them sees what they disowned, and nothing that came since.
  const { own } =
    answered?.kind === 'not-ours'
      ? { own: onTheCard(ownWorkloads(taken.stragglers, name, undefined).own, state) }
      : ownWorkloads(taken.stragglers, name, state)
  const about = {
    team: name,
    ...(name === null ? { label: ctx.settings.teamLabel } : {}),
    kind,
    number: state.nudges,
    ...(team.contact ? { contact: team.contact } : {}),
    ...offeredWith(ctx, looked, kind),
    ...restartsOf(ctx, team, kind),
    ...(answered ? { answered } : {}),
  }
  const { message, revision } = placeOf(run, name, kind, state)
  await ctx.queue.addNotice({
    ...plainNotice(ctx, run, message, teamFacts(run, taken.census, own, about, ctx.settings.nudge)),
    id: `${message}.${revision}`,
    revision,
    channel: team.channel,
    fallbackChannel: run.channel,
    ...(team.locale ? { locale: team.locale } : {}),
    // Only who has something to do, and only where a file says who that is.
    mention: kind === 'nudge' && team.contact ? [team.contact] : [],
  })
}

/** Offered where the file lets owners restart, and says who they are. */
function restartsOf(
  { settings }: WorkerContext,
  { members = [] }: KnownTeam,
  kind: TeamMessage,
): Pick<TeamFacts, 'restarts'> {
  return kind === 'nudge' && settings.restarts === 'owners' && members.length > 0 ? { restarts: 'owners' } : {}
}

/** A reminder is a live card: thanks take its place, so that nobody reads above them that something is left. */
function placeOf(run: Run, team: string | null, kind: TeamMessage, state: TeamState) {
  const answered = 1 + (state.answers ?? 0)
  return kind === 'done'
    ? { message: lineName(run, team, 'nudge', state), revision: answered + 1 }
    : { message: lineName(run, team, kind, state), revision: answered }
}

/** The days that a reminder speaks of: until when, and when to remind again. */
function offeredWith(
  ctx: WorkerContext,
  { run, taken, team }: Looked,
  kind: TeamMessage,
): Pick<TeamFacts, 'deadline' | 'remindOn'> {
  if (kind !== 'nudge') return {}
  const zone = zoneOf(ctx, team)
  const asked = deadlineNow(ctx, run, taken.census, zone)
  const remindOn = offeredSnooze(dayIn(ctx.clocks.calendar.now(), zone), asked.deadline)
  return { ...(remindOn ? { remindOn } : {}), ...asked }
}

/** A name for each time: who was reminded again after the thanks is thanked again. */
function lineName(run: Run, team: string | null, kind: TeamMessage, { nudges }: TeamState): string {
  const back = run.state === 'returning' ? '.back' : ''
  const whose = team === null ? 'unowned' : `team.${sha256(team).slice(0, 8)}`
  return `${run.id}.${whose}.${kind}.${nudges}${back}`
}

export function zoneOf(ctx: WorkerContext, team: KnownTeam): string {
  return team.timezone ?? ctx.settings.timezone
}
