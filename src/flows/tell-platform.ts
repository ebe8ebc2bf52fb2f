import { isoOf } from '../kernel/clock.ts'
import { codedOf, type Click } from '../upgrade/event.ts'
import type { Ask } from '../wire/request.ts'
import type { Raised } from '../wire/team-states.ts'
import { noBecause, type Answer } from './answer.ts'
import { auditClick } from './audit-click.ts'
import { closeOtherWay } from './close-other-way.ts'
import { censusOfWay } from './fresh-census.ts'
import type { Heard } from './team-keeper.ts'
import { raisedBy, tellConcern } from './tell-concern.ts'
import type { WorkerContext } from './worker-context.ts'

type TellAsk = Extract<Ask, { kind: 'tell-platform' }>

/** Of one team and run. */
const MOST_PEOPLE = 100

/**
 * Somebody of a team says that something is wrong: whoever runs the upgrade hears of it in the cluster's channel, once from each
 * person and way. It changes nothing, but that the team was heard of. Also where pods can't be counted now, and on a way of which the team
 * was told nothing yet: who needs help is not told to wait.
 */
export async function tellPlatform(ctx: WorkerContext, click: Click, ask: TellAsk): Promise<Answer> {
  const run = await ctx.runs.current()
  const team = ctx.settings.teams[ask.team]
  if (!run || run.id !== ask.run || !team) return noBecause('PLATFORM_NOT_TOLD')
  const { user } = click.who
  let answer: Answer = noBecause('PLATFORM_NOT_TOLD')
  await closeOtherWay(ctx, run)
  await ctx.teams.change(run, async (heard) => {
    const raised = raisedBy(heard, ask.team)
    const told = raised.find((one) => one.user === user)
    if (told) {
      answer = noBecause('PLATFORM_TOLD_BEFORE', { team: ask.team, at: isoOf(told.atMs) })
      return heard
    }
    const nowMs = ctx.clocks.calendar.now()
    const said = codedOf('PLATFORM_TOLD', { team: ask.team })
    await auditClick(ctx, click, { area: 'team', run: run.id, what: said })
    const looked = { run, taken: censusOfWay(ctx, run), name: ask.team, team }
    await tellConcern(ctx, looked, heard.teams[ask.team], { kind: 'help', by: user })
    answer = { ok: true, said }
    return withRaised(heard, ask.team, [...raised, { user, atMs: nowMs }].slice(-MOST_PEOPLE))
  })
  return answer
}

/** Who was told nothing yet is not made somebody who was. */
function withRaised(heard: Heard, team: string, raised: Raised): Heard {
  const before = heard.teams[team]
  if (!before) return { ...heard, raised: { ...heard.raised, [team]: raised } }
  const { raised: _, ...rest } = before
  return {
    ...heard,
    raised: { ...heard.raised, [team]: raised },
    teams: { ...heard.teams, [team]: { ...rest, unanswered: 0 } },
  }
}
