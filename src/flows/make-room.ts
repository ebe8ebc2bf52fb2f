import { controlPlaneFor } from '../istio/control-planes.ts'
import { unreadInjection } from '../istio/unread.ts'
import { openCard } from '../upgrade/cards.ts'
import { somethingActed } from '../upgrade/step-order.ts'
import type { Answer } from './answer.ts'
import { noBecause } from './answer.ts'
import { applyEffects } from './apply-effects.ts'
import type { Run } from '../wire/run.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * One run per cluster. A run that never changed anything and waits for nobody (its card was rejected or has expired), that is
 * done, or whose old control plane somebody else has removed makes room for a new one; any other is named.
 */
export async function makeRoom(ctx: WorkerContext): Promise<Answer | null> {
  const run = await ctx.runs.current()
  if (!run) return null
  if (!run.endedAt) {
    const oldIsGone = run.state === 'switched' && (await isOldGone(ctx, run))
    if (!isOver(run, oldIsGone)) return isActive(run)
    await ctx.runs.change({ kind: 'replaced', oldIsGone }, ctx.clocks.calendar.now())
  }
  await applyEffects(ctx)
  return (await ctx.runs.current()) ? noBecause('RUN_ENDING', { cluster: run.cluster, run: run.id }) : null
}

/** What `makeRoom` would answer, without making any. */
export async function whyNoRoom(ctx: WorkerContext): Promise<Answer | null> {
  const run = await ctx.runs.current()
  if (!run || run.endedAt) return null
  const oldIsGone = run.state === 'switched' && (await isOldGone(ctx, run))
  return isOver(run, oldIsGone) ? null : isActive(run)
}

function isActive({ cluster, id, state, plan }: Run): Answer {
  return noBecause('RUN_ACTIVE', { cluster, run: id, state, to: plan.to.version })
}

function isOver(run: Run, oldIsGone: boolean): boolean {
  if (run.state === 'done' || oldIsGone) return true
  return run.state === 'waiting' && !somethingActed(run) && !openCard(run) && run.cards.length > 0
}

/** Of what can't be read nothing is known to be gone. */
async function isOldGone(ctx: WorkerContext, { plan }: Run): Promise<boolean> {
  const mesh = await ctx.cluster.readInjection()
  if (unreadInjection(mesh)) return false
  return plan.from.every(({ revision }) => controlPlaneFor(mesh, revision) === null)
}
