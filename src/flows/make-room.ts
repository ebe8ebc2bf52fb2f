import { openCard } from '../upgrade/cards.ts'
import { somethingActed } from '../upgrade/step-order.ts'
import type { Answer } from './answer.ts'
import { noBecause } from './answer.ts'
import { applyEffects } from './apply-effects.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * One run per cluster. A run that never changed anything and waits for nobody (its card was rejected or has expired), or that is
 * done, makes room for a new one; any other is named.
 */
export async function makeRoom(ctx: WorkerContext): Promise<Answer | null> {
  const run = await ctx.runs.current()
  if (!run) return null
  if (!run.endedAt) {
    const idle =
      run.state === 'done' ||
      (run.state === 'waiting' && !somethingActed(run) && !openCard(run) && run.cards.length > 0)
    if (!idle) {
      return noBecause('RUN_ACTIVE', { cluster: run.cluster, run: run.id, state: run.state, to: run.plan.to.version })
    }
    await ctx.runs.change({ kind: 'replaced' }, ctx.clocks.calendar.now())
  }
  await applyEffects(ctx)
  return (await ctx.runs.current()) ? noBecause('RUN_ENDING', { cluster: run.cluster, run: run.id }) : null
}
