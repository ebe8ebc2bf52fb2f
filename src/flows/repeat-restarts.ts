import { isHistory } from './is-history.ts'
import { messageOfRestart, sendRestart } from './send-restart.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * What was queued is not told yet: Redis may forget it. The card of each restart that goes on or ended lately is sent again, until the bot
 * has said that its last revision is shown.
 */
export async function repeatRestarts(ctx: WorkerContext): Promise<void> {
  const nowMs = ctx.clocks.calendar.now()
  const all = (await ctx.restarts.read()).filter((one) => !isHistory(one, nowMs))
  if (all.length === 0) return
  const told = await ctx.store.messages()
  const untold = all.filter((one) => (told[messageOfRestart(one)]?.revision ?? -1) < one.revision)
  for (const one of untold) await sendRestart(ctx, one)
}
