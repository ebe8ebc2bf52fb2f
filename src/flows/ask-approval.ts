import type { Click } from '../upgrade/event.ts'
import type { Answer } from './answer.ts'
import { answerOf, noBecause } from './answer.ts'
import { standingForCard } from './standing.ts'
import type { WorkerContext } from './worker-context.ts'

/** Makes the card that the run waits for, from a fresh look at the cluster. */
export async function askApproval(ctx: WorkerContext): Promise<void> {
  const run = await ctx.runs.current()
  if (!run) return
  const standing = await standingForCard(ctx, run, run.phase)
  const id = ctx.newId('ap')
  await ctx.runs.change({ kind: 'ask', id, standing }, ctx.clocks.calendar.now())
}

/** A person asks again after a rejection, an expiry or a failure. */
export async function askAgain(ctx: WorkerContext, click: Click): Promise<Answer> {
  const run = await ctx.runs.current()
  if (!run) return noBecause('NO_RUN')
  const standing = await standingForCard(ctx, run, run.phase)
  const id = ctx.newId('ap')
  return answerOf(await ctx.runs.change({ kind: 'ask-again', click, id, standing }, ctx.clocks.calendar.now()))
}
