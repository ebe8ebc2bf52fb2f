import { isoOf } from '../kernel/clock.ts'
import { codedOf, type Click } from '../upgrade/event.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import { mayNudge } from '../upgrade/who-may.ts'
import type { Coded } from '../wire/facts.ts'
import type { Ask } from '../wire/request.ts'
import type { Preview } from '../wire/team-states.ts'
import { no, noBecause, type Answer } from './answer.ts'
import { auditClick } from './audit-click.ts'
import { freshCensus } from './fresh-census.ts'
import { areHeld } from './preview-nudges.ts'
import type { WorkerContext } from './worker-context.ts'

type SendAsk = Extract<Ask, { kind: 'send-nudges' }>

/**
 * Somebody read the preview and lets a run's first reminders leave: each at its own time, in its team's working hours. It is saved
 * in the cluster before anybody is told, so that neither a flush nor another worker holds them again; the next look says on the preview
 * who sent them.
 */
export async function sendNudges(ctx: WorkerContext, click: Click, ask: SendAsk): Promise<Answer> {
  const run = await ctx.runs.current()
  if (!run || run.id !== ask.run || migrationOf(run)?.to !== ask.to) return noBecause('NUDGES_OUTDATED')
  const refused = mayNudge(ctx.policy, run, click.who)
  if (refused) return noBecause(refused.code, refused.facts)
  if (!freshCensus(ctx)) return noBecause('CENSUS_STALE')
  let answer: Answer = noBecause('NUDGES_OUTDATED')
  await ctx.teams.change(run, async (before) => {
    const { preview } = before
    if (!preview || !areHeld(before)) {
      answer = preview?.sent ? no(sentBefore(preview.sent)) : answer
      return before
    }
    const nowMs = ctx.clocks.calendar.now()
    const sent = { ...preview, revision: preview.revision + 1, sent: { user: click.who.user, atMs: nowMs } }
    const said = codedOf('NUDGES_SENT', { teams: preview.teams })
    await auditClick(ctx, click, { area: 'nudges', run: run.id, what: said })
    answer = { ok: true, said }
    return { ...before, preview: sent, owed: true }
  })
  return answer
}

function sentBefore({ user, atMs }: NonNullable<Preview['sent']>): Coded {
  return codedOf('NUDGES_SENT_BEFORE', { by: user, at: isoOf(atMs) })
}
