import { dayIn } from '../kernel/zone.ts'
import { latestSnooze } from '../notify/snooze.ts'
import { nameOfWorkload, onTheCard, ownWorkloads } from '../notify/team-message.ts'
import { codedOf, type Click } from '../upgrade/event.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { TeamFacts } from '../wire/card-facts.ts'
import type { Straggler } from '../wire/census.ts'
import type { Coded } from '../wire/facts.ts'
import type { Ask } from '../wire/request.ts'
import type { Run } from '../wire/run.ts'
import { type TeamState, UNOWNED } from '../wire/team-states.ts'
import { noBecause, type Answer } from './answer.ts'
import { auditClick } from './audit-click.ts'
import { closeOtherWay } from './close-other-way.ts'
import { deadlineNow } from './deadline-now.ts'
import { censusOfWay } from './fresh-census.ts'
import { isAnswered, reopened } from './reopen-nudge.ts'
import { sendTeamCard, zoneOf } from './send-team-card.ts'
import { tellDisowned } from './tell-disowned.ts'
import { mayAnswer } from './who-answers.ts'
import type { KnownTeam, Taken, WorkerContext } from './worker-context.ts'

type TeamAsk = Extract<Ask, { kind: 'snooze' | 'not-ours' | 'answer-back' }>
type Asked = {
  readonly run: Run
  readonly taken: Taken
  /** Null for what no team owns. */
  readonly name: string | null
  readonly team: KnownTeam
}

/**
 * What somebody of a team said to a reminder: not before a day, these workloads are not ours, or that such an answer is taken back. It
 * changes when Meshferry speaks to them and nothing else: what is left is left, and the digest goes on naming it. Whoever is not of the
 * team is told whom to ask; their *not ours* is told to whoever runs the upgrade, and ends nothing.
 */
export async function answerNudge(ctx: WorkerContext, click: Click, ask: TeamAsk): Promise<Answer> {
  const run = await ctx.runs.current()
  if (!run || !isOfThisWay(run, ask)) return outdated(ask)
  const team = ask.team === null ? ctx.settings.unowned : ctx.settings.teams[ask.team]
  const taken = censusOfWay(ctx, run)
  if (!team) return outdated(ask)
  if (!taken) return noBecause('CENSUS_STALE')
  await closeOtherWay(ctx, run)
  return note(ctx, click, ask, { run, taken, name: ask.team, team })
}

/** Or was the reminder of another upgrade, or of another way of it? */
function isOfThisWay(run: Run, ask: TeamAsk): boolean {
  const to = migrationOf(run)?.to
  return run.id === ask.run && to !== undefined && (ask.to ?? to) === to
}

async function note(ctx: WorkerContext, click: Click, ask: TeamAsk, asked: Asked): Promise<Answer> {
  const { run, name, team } = asked
  const stranger = mayAnswer({ policy: ctx.policy, run }, name, team, click.who)
  if (stranger && ask.kind !== 'not-ours') return noBecause(stranger.code, stranger.facts)
  if (ask.kind === 'snooze' && !isOffered(ctx, asked, ask.until)) return outdated(ask)
  let said: Coded | null = null
  await ctx.teams.change(run, async (heard) => {
    const { teams } = heard
    const before = teams[name ?? UNOWNED]
    if (!before || !isOpen(ask, before)) return heard
    const own = onTheCard(ownWorkloads(asked.taken.stragglers, name, before).own, before)
    said = stranger ? codedOf('NOT_OURS_OF_STRANGER', stranger.facts) : saidOf(ask, own)
    await auditClick(ctx, click, { area: 'team', run: run.id, what: said })
    const after = stranger ? before : answered(ask, before, own)
    if (!stranger) await sendTeamCard(ctx, asked, 'nudge', after, shownAnswer(ask, click))
    if (ask.kind === 'not-ours') await tellDisowned(ctx, { ...asked, name: ask.team }, click, own, stranger !== null)
    return stranger ? heard : { ...heard, teams: { ...teams, [name ?? UNOWNED]: after } }
  })
  return said ? { ok: true, said } : outdated(ask)
}

/** Who was not reminded has no reminder to answer: it was of another way. Nor has whose last one ended. */
function isOpen(ask: TeamAsk, before: TeamState): boolean {
  if (before.nudges === (before.thanked ?? 0)) return false
  return ask.kind !== 'answer-back' || isAnswered(before)
}

function isOffered(ctx: WorkerContext, { run, taken, team }: Asked, until: string): boolean {
  const zone = zoneOf(ctx, team)
  const today = dayIn(ctx.clocks.calendar.now(), zone)
  const { deadline } = deadlineNow(ctx, run, taken.census, zone)
  return until > today && until <= latestSnooze(today, deadline)
}

function answered(ask: TeamAsk, before: TeamState, own: readonly Straggler[]): TeamState {
  if (ask.kind === 'answer-back') return reopened(before)
  return { ...before, ...changeOf(ask, before, own), ...answeredAfter(before) }
}

/** What stands on the card; nothing where the answer was taken back. */
function shownAnswer(ask: TeamAsk, { who: { user } }: Click): TeamFacts['answered'] {
  if (ask.kind === 'answer-back') return undefined
  return { user, kind: ask.kind, ...(ask.kind === 'snooze' ? { until: ask.until } : {}) }
}

function changeOf(
  ask: Exclude<TeamAsk, { kind: 'answer-back' }>,
  { notOurs = [], nudges }: TeamState,
  own: readonly Straggler[],
): Partial<TeamState> {
  if (ask.kind === 'snooze') return { snoozedUntil: ask.until, promisedAfter: nudges }
  return { notOurs: [...new Set([...notOurs, ...own.map(nameOfWorkload)])].slice(0, MOST_NOT_OURS) }
}

function answeredAfter({ answers = 0, nudges }: TeamState): Partial<TeamState> {
  return { answers: answers + 1, unanswered: 0, ...(nudges > 0 ? { answeredNudge: nudges } : {}) }
}

const MOST_NOT_OURS = 200

function saidOf(ask: TeamAsk, own: readonly Straggler[]): Coded {
  if (ask.kind === 'snooze') return snoozed(ask)
  if (ask.kind === 'answer-back') return codedOf('ANSWER_TAKEN_BACK', ask.team === null ? {} : { team: ask.team })
  return codedOf('TEAM_NOT_OURS', { team: ask.team, workloads: own.map(nameOfWorkload) })
}

function snoozed({ team, until }: Extract<TeamAsk, { kind: 'snooze' }>): Coded {
  return team === null ? codedOf('UNOWNED_SNOOZED', { until }) : codedOf('TEAM_SNOOZED', { team, until })
}

function outdated({ team }: TeamAsk): Answer {
  return noBecause('NUDGE_OUTDATED', team === null ? {} : { team })
}
