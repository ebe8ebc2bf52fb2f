import { ended } from '../restarts/advance.ts'
import { nameOf } from '../restarts/facts-of-workload.ts'
import { whatBecame } from '../restarts/what-became.ts'
import { mayRestart } from '../restarts/who.ts'
import { codedOf, type Click } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Ask } from '../wire/request.ts'
import type { Restart } from '../wire/restarts.ts'
import { no, noBecause, type Answer } from './answer.ts'
import { auditClick } from './audit-click.ts'
import type { WorkerContext } from './worker-context.ts'

type Cancel = Extract<Ask, { kind: 'restart-cancel' }>

/**
 * Somebody of the team takes a picked time back: nothing is restarted then. Whoever may pick one may do so, also where owners may pick
 * none any more. A restart that has begun is not stopped: the record is written where the time is still to come at that moment, and not
 * else. The audit has the click first, as what was asked; what came of it follows when it is told, from the record. Who asks again is
 * told the same again, and a second person who was quicker.
 */
export async function cancelRestart(ctx: WorkerContext, click: Click, ask: Cancel): Promise<Answer> {
  const { run, team } = ask
  const stranger = mayRestart(team, ctx.settings.teams[team] ?? {}, click.who)
  if (stranger) return noBecause(stranger.code, stranger.facts)
  const one = meantIn(await ctx.restarts.read(), ask)
  if (one?.state !== 'planned') return afterAll(one, click, team)
  const facts = { workload: nameOf(one.workload), by: click.who.user }
  const what = codedOf('RESTART_TAKEN_BACK', facts)
  await auditClick(ctx, click, { area: 'restart', run, what: codedOf('RESTART_TAKE_BACK_ASKED', facts) })
  const found = await dropped(ctx, ask, what)
  return found?.state === 'planned' ? { ok: true, said: what } : afterAll(found, click, team)
}

function meantIn(all: readonly Restart[], { run, team, restart }: Cancel): Restart | undefined {
  return all.find((each) => each.id === restart && each.run === run && each.team === team)
}

/** Ends it where its time is still to come; as it stood at that moment, since it may have begun after it was read. */
async function dropped(ctx: WorkerContext, ask: Cancel, what: Coded): Promise<Restart | undefined> {
  const seen: { one?: Restart | undefined } = {}
  await ctx.restarts.change((all) => {
    const one = meantIn(all, ask)
    seen.one = one
    if (one?.state !== 'planned') return null
    return all.map((each) => (each === one ? ended(one, 'dropped', what, ctx.clocks.calendar.now()) : each))
  })
  return seen.one
}

/** There is nothing to take back: by this person or another it was already, or it began, or it ended otherwise. */
function afterAll(one: Restart | undefined, { who }: Click, team: string): Answer {
  const { because, endedAt } = one ?? {}
  if (because?.code !== 'RESTART_TAKEN_BACK') return no(whatBecame(one, team))
  if (because.facts['by'] === who.user) return { ok: true, said: because }
  return noBecause('RESTART_TAKEN_BACK_ALREADY', { ...because.facts, ...(endedAt ? { when: endedAt } : {}) })
}
