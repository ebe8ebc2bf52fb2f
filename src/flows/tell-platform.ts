import { isoOf } from '../kernel/clock.ts'
import { codedOf, type Click } from '../upgrade/event.ts'
import type { Ask } from '../wire/request.ts'
import { noBecause, type Answer } from './answer.ts'
import { freshCensus } from './fresh-census.ts'
import { tellConcern } from './tell-concern.ts'
import type { WorkerContext } from './worker-context.ts'

type TellAsk = Extract<Ask, { kind: 'tell-platform' }>

/** Of one team and run. */
const MOST_PEOPLE = 100

/**
 * Somebody of a team says that something is wrong: whoever runs the upgrade hears of it in the cluster's channel, once from each
 * person. It changes nothing, but that the team was heard of. Also where pods can't be counted now: who needs help is not told to wait.
 */
export async function tellPlatform(ctx: WorkerContext, click: Click, ask: TellAsk): Promise<Answer> {
  const run = await ctx.runs.current()
  const team = ctx.settings.teams[ask.team]
  if (!run || run.id !== ask.run || !team) return noBecause('PLATFORM_NOT_TOLD')
  const { user } = click.who
  let answer: Answer = noBecause('PLATFORM_NOT_TOLD')
  await ctx.teams.change(run, async (heard) => {
    const before = heard.teams[ask.team]
    if (!before) return heard
    const told = before.raised?.find((one) => one.user === user)
    if (told) {
      answer = noBecause('PLATFORM_TOLD_BEFORE', { team: ask.team, at: isoOf(told.atMs) })
      return heard
    }
    const nowMs = ctx.clocks.calendar.now()
    const said = codedOf('PLATFORM_TOLD', { team: ask.team })
    await ctx.audit.append({
      id: `team.${click.request}`,
      at: isoOf(nowMs),
      cluster: run.cluster,
      run: run.id,
      what: said,
      who: click.who,
      request: click.signed,
    })
    const looked = { run, taken: freshCensus(ctx), name: ask.team, team }
    await tellConcern(ctx, looked, before, { kind: 'help', by: user })
    answer = { ok: true, said }
    const raised = [...(before.raised ?? []), { user, atMs: nowMs }].slice(-MOST_PEOPLE)
    return { ...heard, teams: { ...heard.teams, [ask.team]: { ...before, raised, unanswered: 0 } } }
  })
  return answer
}
