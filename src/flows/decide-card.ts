import type { Click, Standing } from '../upgrade/event.ts'
import type { ClickedCard } from '../wire/request.ts'
import type { Answer } from './answer.ts'
import { answerOf, noBecause } from './answer.ts'
import { standingOf } from './standing.ts'
import type { WorkerContext } from './worker-context.ts'

export async function approvePhase(
  ctx: WorkerContext,
  click: Click,
  card: ClickedCard,
  typed?: string,
): Promise<Answer> {
  return withStanding(ctx, card, async (standing) =>
    answerOf(
      await ctx.runs.change(
        { kind: 'approve', click, card, standing, ...(typed === undefined ? {} : { typed }) },
        ctx.clocks.calendar.now(),
      ),
    ),
  )
}

export async function startPhase(ctx: WorkerContext, click: Click, card: ClickedCard): Promise<Answer> {
  return withStanding(ctx, card, async (standing) =>
    answerOf(await ctx.runs.change({ kind: 'start', click, card, standing }, ctx.clocks.calendar.now())),
  )
}

/** Saying no needs nothing from the cluster. */
export async function rejectPhase(
  ctx: WorkerContext,
  click: Click,
  card: ClickedCard,
  reason: string,
): Promise<Answer> {
  return answerOf(await ctx.runs.change({ kind: 'reject', click, card, reason }, ctx.clocks.calendar.now()))
}

/** The cluster is read at the click: an approval counts only for what stands there now (promise 2). */
async function withStanding(
  ctx: WorkerContext,
  clicked: ClickedCard,
  act: (standing: Standing) => Promise<Answer>,
): Promise<Answer> {
  const run = await ctx.runs.current()
  if (!run) return noBecause('NO_RUN')
  const card = run.cards.find((entry) => entry.id === clicked.id)
  if (!card) return noBecause('CARD_UNKNOWN', { approval: clicked.id })
  return act(await standingOf(ctx, run, card.phase))
}
