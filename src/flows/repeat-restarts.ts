import { isHistory } from './is-history.ts'
import { isOpen } from './judge-restart.ts'
import { messageOfRestart, sendRestart } from './send-restart.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * What was queued is not told yet: Redis may forget it. The card of each restart that goes on or ended lately is sent again, until the bot
 * has said that its last revision is shown; while it goes on in any case, since its button needs a bot that remembers the card.
 */
export async function repeatRestarts(ctx: WorkerContext): Promise<void> {
  const nowMs = ctx.clocks.calendar.now()
  const all = (await ctx.restarts.read()).filter((one) => !isHistory(one, nowMs))
  if (all.length === 0) return
  const told = await ctx.store.messages()
  const again = all.filter((one) => isOpen(one) || (told[messageOfRestart(one)]?.revision ?? -1) < one.revision)
  for (const one of again) await sendRestart(ctx, one)
}
