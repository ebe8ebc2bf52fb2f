import { isoOf } from '../kernel/clock.ts'
import { sha256 } from '../kernel/hash.ts'
import { dayIn } from '../kernel/zone.ts'
import { mentionsContact, type TeamMessage } from '../notify/nudge.ts'
import { offeredDays } from '../notify/snooze.ts'
import { onTheCard, overNudge, ownWorkloads, teamFacts } from '../notify/team-message.ts'
import type { TeamFacts } from '../wire/card-facts.ts'
import type { Run } from '../wire/run.ts'
import type { TeamState } from '../wire/team-states.ts'
import { deadlineNow } from './deadline-now.ts'
import { plainNotice } from './plain-notice.ts'
import type { KnownTeam, Taken, WorkerContext } from './worker-context.ts'

/** `name` is null for what no team owns. */
export type Told = { readonly name: string | null; readonly team: KnownTeam }
type ToldOf = Told & { readonly run: Run }
export type Looked = ToldOf & { readonly taken: Taken }

/** The card as it is now; `answered` is what somebody of the team said to it. */
export async function sendTeamCard(
  ctx: WorkerContext,
  looked: Looked,
  kind: TeamMessage,
  state: TeamState,
  answered?: TeamFacts['answered'],
): Promise<void> {
  const { run, name, team } = looked
  const { message, revision } = placeOf(run, name, kind, state)
  const isContact = kind === 'nudge' && team.contact !== undefined && mentionsContact(state, ctx.settings.nudge)
  await send(ctx, looked, { message, revision }, teamCardFacts(ctx, looked, kind, state, answered), isContact)
}

/**
 * A newer reminder comes: the one before it says so, and has nothing to click any more. What was answered, and thanks, stand as they are.
 */
export async function closeOlder(ctx: WorkerContext, looked: Looked, before: TeamState | undefined): Promise<void> {
  if (!before || before.nudges === 0 || before.nudges === before.thanked) return
  if (before.nudges === before.answeredNudge) return
  const message = lineName(looked.run, looked.name, 'nudge', before)
  const facts = { ...teamCardFacts(ctx, looked, 'nudge', before), replaced: true as const, workloads: [], more: 0 }
  await send(ctx, looked, { message, revision: lastRevision(before) }, facts, false)
}

/** Nothing of theirs is left, and nobody of them moved it: the last reminder says so, and has nothing to click any more. */
export async function closeGone(ctx: WorkerContext, looked: Looked, state: TeamState): Promise<void> {
  const message = lineName(looked.run, looked.name, 'nudge', state)
  const card = teamCardFacts(ctx, looked, 'nudge', state)
  const facts = { ...card, replaced: true as const, gone: true as const, workloads: [], more: 0 }
  await send(ctx, looked, { message, revision: lastRevision(state) }, facts, false)
}

/**
 * The upgrade went another way, or is over: the last reminder says so, and has nothing to click any more. Thanks stand as they are.
 * `to`: the revision that it asked to move to.
 */
export async function closeLast(ctx: WorkerContext, told: ToldOf, to: string, state: TeamState): Promise<void> {
  if (state.nudges === 0 || state.nudges === state.thanked) return
  const { run, name, team } = told
  const about = { ...whoseOf(ctx, name, team), number: state.nudges, most: ctx.settings.nudge.max }
  const message = lineName(run, name, 'nudge', state, wayTo(run, to))
  const facts = overNudge(run, to, about, isoOf(ctx.clocks.calendar.now()))
  await send(ctx, told, { message, revision: lastRevision(state) }, facts, false)
}

async function send(
  ctx: WorkerContext,
  { run, team }: ToldOf,
  { message, revision }: { readonly message: string; readonly revision: number },
  card: TeamFacts,
  isContact: boolean,
): Promise<void> {
  const posted = (await ctx.store.messages())[message]
  await ctx.queue.addNotice({
    ...plainNotice(ctx, run, message, card),
    id: `${message}.${revision}`,
    revision,
    channel: team.channel,
    fallbackChannel: run.channel,
    ...(team.locale ? { locale: team.locale } : {}),
    // Where nobody knows where it stands the bot says so, also if it is no news to it.
    ...(posted ? { posted } : { confirm: true as const }),
    // Only who has something to do and was not heard of, and only where a file says who that is.
    mention: isContact && team.contact ? [team.contact] : [],
  })
}

/** What the card of one team says now. */
export function teamCardFacts(
  ctx: WorkerContext,
  looked: Looked,
  kind: TeamMessage,
  state: TeamState,
  answered?: TeamFacts['answered'],
): TeamFacts {
  const { run, taken, name, team } = looked
  // Who disowned them sees what they disowned, and nothing that came since.
  const { own } =
    answered?.kind === 'not-ours'
      ? { own: onTheCard(ownWorkloads(taken.stragglers, name, undefined).own, state) }
      : ownWorkloads(taken.stragglers, name, state)
  const about = {
    ...whoseOf(ctx, name, team),
    ...(team.channel === run.channel ? {} : { askedIn: run.channel }),
    kind,
    number: state.nudges,
    ...daysOf(ctx, looked, kind),
    ...restartsOf(ctx, team, kind),
    ...(answered ? { answered } : {}),
  }
  return teamFacts(run, taken.census, own, about, ctx.settings.nudge)
}

function whoseOf(
  { settings }: WorkerContext,
  name: string | null,
  { contact }: KnownTeam,
): Pick<TeamFacts, 'team' | 'label' | 'contact'> {
  return {
    team: name,
    ...(name === null ? { label: settings.teamLabel } : {}),
    ...(contact ? { contact } : {}),
  }
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
  return kind === 'done'
    ? { message: lineName(run, team, 'nudge', state), revision: lastRevision(state) }
    : { message: lineName(run, team, kind, state), revision: 1 + changesOf(state) }
}

/** After every answer to it, and every drawing of it. */
function lastRevision(state: TeamState): number {
  return changesOf(state) + 2
}

function changesOf({ answers = 0, drawn }: TeamState): number {
  return answers + (drawn?.times ?? 0)
}

/** The days that a reminder speaks of: until when, and when to remind again. */
export function daysOf(
  ctx: WorkerContext,
  { run, taken, team }: Looked,
  kind: TeamMessage,
): Pick<TeamFacts, 'deadline' | 'remindDays'> {
  if (kind !== 'nudge') return {}
  const zone = zoneOf(ctx, team)
  const asked = deadlineNow(ctx, run, taken.census, zone)
  const today = dayIn(ctx.clocks.calendar.now(), zone)
  return { remindDays: offeredDays(today, asked.deadline, ctx.settings.nudge.window.days), ...asked }
}

/** A name for each time: who was reminded again after the thanks is thanked again. */
export function lineName(
  run: Run,
  team: string | null,
  kind: string,
  { nudges }: Pick<TeamState, 'nudges'>,
  way = wayOf(run),
): string {
  return `${wordTo(run, team, kind)}.${nudges}${way}`
}

/** What is told once of each team, and on each way. */
export function wordTo(run: Run, team: string | null, kind: string): string {
  const whose = team === null ? 'unowned' : `team.${sha256(team).slice(0, 8)}`
  return `${run.id}.${whose}.${kind}`
}

export function wayOf(run: Run): string {
  return run.state === 'returning' ? '.back' : ''
}

/** Of what was told when pods were to move to this revision. */
export function wayTo(run: Run, to: string): string {
  return to === run.plan.to.revision ? '' : '.back'
}

export function zoneOf(ctx: WorkerContext, team: KnownTeam): string {
  return team.timezone ?? ctx.settings.timezone
}
