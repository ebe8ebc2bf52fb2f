import { epochOf } from '../kernel/clock.ts'
import { busyStep } from '../upgrade/step-order.ts'
import { queuedStep, stepJobId } from '../upgrade/due.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * What a leader does about work that stands in the record: a step whose holder is gone is taken up again as a new attempt; one
 * whose holder may still act is left until it is gone or its deadline has passed (a Lease does not fence); one that should be
 * in the queue and isn't (Redis was flushed) is put there.
 */
export async function takeUp(ctx: WorkerContext): Promise<void> {
  const run = await ctx.runs.current()
  if (!run) return
  const busy = busyStep(run)
  if (busy?.holder && !ctx.running.has(busy.id)) {
    const free = await mayTake(ctx, busy.holder)
    if (free)
      await ctx.runs.change({ kind: 'taken-over', step: busy.id, attempt: busy.attempt }, ctx.clocks.calendar.now())
    return
  }
  const queued = queuedStep(run)
  if (queued) await ctx.queue.addStep(stepJobId(run, queued.step, queued.attempt), { run: run.id, ...queued })
}

async function mayTake(
  ctx: WorkerContext,
  holder: NonNullable<ReturnType<typeof busyStep>>['holder'],
): Promise<boolean> {
  if (!holder) return true
  const seen = await ctx.holderGone(holder)
  if (seen === 'gone') return true
  return seen === 'unknown' && ctx.clocks.machine.now() > epochOf(holder.deadline)
}
