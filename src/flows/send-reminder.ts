import { isoOf } from '../kernel/clock.ts'
import { approvalFacts } from '../upgrade/approval-facts.ts'
import { cardById } from '../upgrade/cards.ts'
import type { Effect, Run } from '../wire/run.ts'
import type { WorkerContext } from './worker-context.ts'

/** Tells the bot to remind a card's approvers, or whoever is to start it, or to bring their reminders up to date. Its id is the effect's: a repeat is the same job. */
export async function sendReminder(
  ctx: Pick<WorkerContext, 'clocks' | 'queue' | 'store'>,
  run: Run,
  { id, card: cardId, first, to }: Extract<Effect, { kind: 'remind' }>,
): Promise<void> {
  const card = cardById(run, cardId)
  if (!card) return
  const all = await ctx.store.messages()
  const posted = all[cardId]
  const places = Object.fromEntries(Object.entries(all).filter(([message]) => message.startsWith(`${cardId}.`)))
  await ctx.queue.addNotice({
    v: 1,
    kind: 'remind',
    id,
    cluster: run.cluster,
    at: isoOf(ctx.clocks.machine.now()),
    card: approvalFacts(run, card),
    first,
    ...(to ? { to } : {}),
    places,
    ...(posted ? { posted: { channel: posted.channel, ts: posted.ts } } : {}),
  })
}
