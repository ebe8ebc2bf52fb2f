import { openCard } from '../upgrade/cards.ts'
import { messagesOf } from '../upgrade/message-facts.ts'
import type { Ask } from '../wire/request.ts'
import type { Run } from '../wire/run.ts'
import { sendMessage } from './apply-effects.ts'
import { isHistory } from './is-history.ts'
import { oweTeamCards } from './owed-team-cards.ts'
import { publishStatus } from './publish-status.ts'
import { repeatRestarts } from './repeat-restarts.ts'
import { sendReminder } from './send-reminder.ts'
import { repeatConcerns } from './tell-concern.ts'
import { untilTold } from './until-told.ts'
import type { WorkerContext } from './worker-context.ts'

/** Remembers in the cluster where a message stands, so that Redis may forget it. */
export async function savePosted(ctx: WorkerContext, posted: Extract<Ask, { kind: 'posted' }>): Promise<void> {
  const { message, channel, ts, revision } = posted
  await ctx.store.saveMessage(message, { channel, ts, revision })
  await publishStatus(ctx)
}

/** Sends every message of the run again, in its present state, and what the run before it may not have told to the end. */
export async function repeatMessages(ctx: WorkerContext): Promise<void> {
  const run = await ctx.runs.current()
  for (const message of run ? messagesOf(run) : []) if (run) await sendMessage(ctx, run, message)
  if (run) await repeatStart(ctx, run)
  await repeatEnded(ctx)
  await repeatRestarts(ctx)
  if (run) await oweTeamCards(ctx, run)
  if (run) await repeatConcerns(ctx, run)
}

/** Whoever is to start what was approved hears of it, also where Redis forgot that before the bot took it. */
async function repeatStart(ctx: WorkerContext, run: Run): Promise<void> {
  const card = openCard(run)
  if (card?.state !== 'approved') return
  await sendReminder(ctx, run, { kind: 'remind', id: `${card.id}.start`, card: card.id, first: true, to: 'starter' })
}

/**
 * A run is released when its last messages are in the queue, which Redis may forget: until the bot has said that the last
 * revision of a message is shown, it is sent again.
 */
async function repeatEnded(ctx: WorkerContext): Promise<void> {
  const run = await ctx.store.lastEnded()
  if (!run?.endedAt || isHistory(run, ctx.clocks.calendar.now())) return
  const told = await ctx.store.messages()
  const untold = messagesOf(run).filter((message) => (told[message]?.revision ?? -1) < (run.messages[message] ?? 0))
  for (const message of untold) await sendMessage(ctx, run, message)
}

/** Tells everything again after Redis lost its memory, and when this worker takes the lead. */
export function newRetelling(ctx: WorkerContext, oweReport: () => void): () => Promise<void> {
  return untilTold(
    () => ctx.readModel.renewEpoch(),
    async () => {
      await publishStatus(ctx)
      await repeatMessages(ctx)
      oweReport()
    },
  )
}
