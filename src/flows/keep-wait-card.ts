import { epochOf } from '../kernel/clock.ts'
import { dayIn } from '../kernel/zone.ts'
import { howFar } from '../notify/how-far.ts'
import { waitFacts } from '../notify/wait-card.ts'
import { rollbackOffered } from '../upgrade/message-facts.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import { isResting } from '../upgrade/step-order.ts'
import { whyItStays } from '../upgrade/unused.ts'
import { censusDays } from './census-days.ts'
import { deadlineNow } from './deadline-now.ts'
import { freshCensus } from './fresh-census.ts'
import { plainNotice } from './plain-notice.ts'
import type { WorkerContext } from './worker-context.ts'

/** So often the card is edited; nobody is notified of an edit. */
const EDIT_MS = 3_600_000

/**
 * One card in the cluster's channel for the weeks in which pods move, edited each hour: whoever opens the channel sees how far it is
 * without asking. Its revision is the hour since the command, so that two workers make the same one. One for as long as this
 * worker leads.
 */
export function newWaitCards(ctx: WorkerContext): () => Promise<void> {
  let told = ''
  return async () => {
    const run = await ctx.runs.current()
    const taken = freshCensus(ctx)
    if (!run || !taken || !migrationOf(run) || !(isResting(run) || run.state === 'returning')) return
    const nowMs = ctx.clocks.calendar.now()
    const revision = 1 + Math.floor(Math.max(0, nowMs - epochOf(run.requestedAt)) / EDIT_MS)
    const message = `${run.id}.wait`
    if (told === `${message}.${revision}`) return
    const about = {
      because: whyItStays(run, taken.census, ctx.policy.quietMs, nowMs),
      rollbackOffered: rollbackOffered(run),
      ...deadlineNow(ctx, run, taken.census, ctx.settings.timezone),
    }
    const days = await censusDays(ctx, run, nowMs)
    const far = howFar(run, taken.census, days, dayIn(nowMs, ctx.settings.timezone))
    const card = waitFacts(run, taken.census, { ...about, ...far })
    const posted = (await ctx.store.messages())[message]
    await ctx.queue.addNotice({
      ...plainNotice(ctx, run, message, card),
      id: `${message}.${revision}`,
      revision,
      ...(posted ? { posted } : {}),
    })
    told = `${message}.${revision}`
  }
}
