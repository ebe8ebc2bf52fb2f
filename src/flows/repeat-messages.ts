import { messagesOf } from '../upgrade/message-facts.ts'
import type { Ask } from '../wire/request.ts'
import { sendMessage } from './apply-effects.ts'
import { publishStatus } from './publish-status.ts'
import type { WorkerContext } from './worker-context.ts'

/** Remembers in the cluster where a message stands, so that Redis may forget it. */
export async function savePosted(ctx: WorkerContext, posted: Extract<Ask, { kind: 'posted' }>): Promise<void> {
  const { message, channel, ts, revision } = posted
  await ctx.store.saveMessage(message, { channel, ts, revision })
  await publishStatus(ctx)
}

/** Sends every message of the run again, in its present state: after Redis lost its memory. */
export async function repeatMessages(ctx: WorkerContext): Promise<void> {
  const run = await ctx.runs.current()
  if (!run) return
  for (const message of messagesOf(run)) await sendMessage(ctx, run, message)
}
