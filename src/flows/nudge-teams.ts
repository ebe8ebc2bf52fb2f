import { isoOf } from '../kernel/clock.ts'
import { sha256 } from '../kernel/hash.ts'
import { dayIn, withinWindows } from '../kernel/zone.ts'
import { nextForTeam, type TeamMessage } from '../notify/nudge.ts'
import { ownWorkloads, teamFacts } from '../notify/team-message.ts'
import { codedOf } from '../upgrade/event.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { TeamFacts } from '../wire/card-facts.ts'
import type { Run } from '../wire/run.ts'
import type { TeamState } from '../wire/team-states.ts'
import { deadlineNow } from './deadline-now.ts'
import { freshCensus } from './fresh-census.ts'
import { plainNotice } from './plain-notice.ts'
import type { KnownTeam, Taken, WorkerContext } from './worker-context.ts'

/**
 * Looks for each team with a channel whether it is to be told something: once after the switch, then about its own workloads that
 * are left. What was told is saved in the cluster after it is in the queue; a worker killed in between sends the same message
 * again, which the bot knows.
 */
export async function nudgeTeams(ctx: WorkerContext): Promise<void> {
  const run = await ctx.runs.current()
  const taken = freshCensus(ctx)
  if (!run || !taken || !migrationOf(run)) return
  await ctx.teams.change(run, async (before) => {
    const teams = { ...before }
    for (const [name, team] of Object.entries(ctx.settings.teams)) {
      const state = await lookAt(ctx, { run, taken, name, team }, teams[name])
      if (state) teams[name] = state
    }
    return teams
  })
}

type Looked = { readonly run: Run; readonly taken: Taken; readonly name: string; readonly team: KnownTeam }

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
  const look = { old: oldIn(own), disowned: disowned.length > 0, open, nowMs, day: dayIn(nowMs, zone) }
  const { state, send } = nextForTeam(before, look, nudge)
  if (send && state) await tell(ctx, looked, send, state)
  return state
}

function oldIn(workloads: Taken['stragglers']): number {
  return workloads.reduce((sum, { old }) => sum + old, 0)
}

/** The audit first: what a team was told can't be told without its line. */
async function tell(ctx: WorkerContext, looked: Looked, kind: TeamMessage, state: TeamState): Promise<void> {
  const { run, taken, name, team } = looked
  const message = messageName(run, name, kind, state)
  const old = oldIn(ownWorkloads(taken.stragglers, name, state).own)
  const by = kind === 'nudge' ? deadlineNow(ctx, run, taken.census, zoneOf(ctx, team)).deadline?.day : undefined
  await ctx.audit.append({
    id: message,
    at: isoOf(ctx.clocks.calendar.now()),
    cluster: run.cluster,
    run: run.id,
    what: codedOf('TEAM_TOLD', { team: name, what: kind, old, number: state.nudges, by }),
  })
  await sendTeamCard(ctx, looked, kind, state)
}

const REMIND_DAYS = 7
const DAY_MS = 86_400_000

/** The card as it is now; `answered` is what somebody of the team said to it. */
export async function sendTeamCard(
  ctx: WorkerContext,
  { run, taken, name, team }: Looked,
  kind: TeamMessage,
  state: TeamState,
  answered?: TeamFacts['answered'],
): Promise<void> {
  const { own } = ownWorkloads(taken.stragglers, name, answered?.kind === 'not-ours' ? undefined : state)
  const remindOn = dayIn(ctx.clocks.calendar.now() + REMIND_DAYS * DAY_MS, zoneOf(ctx, team))
  const about = {
    team: name,
    kind,
    number: state.nudges,
    ...(team.contact ? { contact: team.contact } : {}),
    ...(kind === 'nudge' ? { remindOn, ...deadlineNow(ctx, run, taken.census, zoneOf(ctx, team)) } : {}),
    ...(answered ? { answered } : {}),
  }
  const message = messageName(run, name, kind, state)
  const revision = 1 + (state.answers ?? 0)
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

/** A name for each time: who was reminded again after the thanks is thanked again. */
function messageName(run: Run, team: string, kind: TeamMessage, { nudges }: TeamState): string {
  const back = run.state === 'returning' ? '.back' : ''
  return `${run.id}.team.${sha256(team).slice(0, 8)}.${kind}.${nudges}${back}`
}

export function zoneOf(ctx: WorkerContext, team: KnownTeam): string {
  return team.timezone ?? ctx.settings.timezone
}
