import { dayIn } from '../kernel/zone.ts'
import { latestSnooze } from '../notify/snooze.ts'
import { nameOfWorkload, onTheCard, ownWorkloads } from '../notify/team-message.ts'
import { codedOf, type Click } from '../upgrade/event.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
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
import { sendTeamCard, zoneOf } from './send-team-card.ts'
import { plainNotice } from './plain-notice.ts'
import type { KnownTeam, Taken, WorkerContext } from './worker-context.ts'

type TeamAsk = Extract<Ask, { kind: 'snooze' | 'not-ours' }>
type Asked = {
  readonly run: Run
  readonly taken: Taken
  /** Null for what no team owns. */
  readonly name: string | null
  readonly team: KnownTeam
}

/**
 * What somebody of a team said to a reminder: not before a day, or these workloads are not ours. It changes when Meshferry speaks to
 * them and nothing else: what is left is left, and the digest goes on naming it.
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
  const zone = zoneOf(ctx, team)
  const today = dayIn(ctx.clocks.calendar.now(), zone)
  const { deadline } = deadlineNow(ctx, run, asked.taken.census, zone)
  if (ask.kind === 'snooze' && (ask.until <= today || ask.until > latestSnooze(today, deadline))) {
    return outdated(ask)
  }
  let said: Coded | null = null
  await ctx.teams.change(run, async (heard) => {
    const { teams } = heard
    const before = teams[name ?? UNOWNED]
    // Who was not reminded has no reminder to answer: it was of another way. Nor has whose last one ended.
    if (!before || before.nudges === (before.thanked ?? 0)) return heard
    const own = onTheCard(ownWorkloads(asked.taken.stragglers, name, before).own, before)
    const after = { ...before, ...changeOf(ask, before, own), ...answeredAfter(before) }
    said = saidOf(ask, own)
    await auditClick(ctx, click, { area: 'team', run: run.id, what: said })
    const by = { user: click.who.user, kind: ask.kind, ...(ask.kind === 'snooze' ? { until: ask.until } : {}) }
    await sendTeamCard(ctx, asked, 'nudge', after, by)
    if (ask.kind === 'not-ours') await tellOperators(ctx, { ...asked, name: ask.team }, click, own)
    return { ...heard, teams: { ...teams, [name ?? UNOWNED]: after } }
  })
  return said ? { ok: true, said } : outdated(ask)
}

function changeOf(ask: TeamAsk, { notOurs = [], nudges }: TeamState, own: readonly Straggler[]): Partial<TeamState> {
  if (ask.kind === 'snooze') return { snoozedUntil: ask.until, promisedAfter: nudges }
  return { notOurs: [...new Set([...notOurs, ...own.map(nameOfWorkload)])].slice(0, MOST_NOT_OURS) }
}

function answeredAfter({ answers = 0, nudges }: TeamState): Partial<TeamState> {
  return { answers: answers + 1, unanswered: 0, ...(nudges > 0 ? { answeredNudge: nudges } : {}) }
}

const MOST_NOT_OURS = 200

function saidOf(ask: TeamAsk, own: readonly Straggler[]): Coded {
  if (ask.kind === 'snooze') return snoozed(ask)
  return codedOf('TEAM_NOT_OURS', { team: ask.team, workloads: own.map(nameOfWorkload) })
}

function snoozed({ team, until }: Extract<TeamAsk, { kind: 'snooze' }>): Coded {
  return team === null ? codedOf('UNOWNED_SNOOZED', { until }) : codedOf('TEAM_SNOOZED', { team, until })
}

function outdated({ team }: TeamAsk): Answer {
  return noBecause('NUDGE_OUTDATED', team === null ? {} : { team })
}

/** Whoever runs the upgrade hears of it in the cluster's channel: a label is wrong, and only they can find out whose it is. */
async function tellOperators(
  ctx: WorkerContext,
  { run, taken, name }: Asked & { readonly name: string },
  { request, who }: Click,
  own: readonly Straggler[],
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
  }
  await ctx.queue.addNotice(plainNotice(ctx, run, `${run.id}.disowned.${request}`, card))
}

const SHOWN = 10
