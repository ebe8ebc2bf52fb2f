import { epochOf } from '../kernel/clock.ts'
import { canonicalJson } from '../kernel/hash.ts'
import { queuedStep, stepJobId } from '../upgrade/due.ts'
import { busyStep, stepEntryOf } from '../upgrade/step-order.ts'
import type { Holder, Run, StepEntry } from '../wire/run.ts'
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
    if (await mayTake(ctx, busy.holder)) await take(ctx, busy)
    return
  }
  const queued = queuedStep(run)
  if (queued && !isUnaudited(run, queued))
    await ctx.queue.addStep(stepJobId(run, queued.step, queued.attempt), { run: run.id, ...queued })
}

/** A step goes forward only once what decided it is in the audit, as its pending effect does; nothing holds up a way back. */
function isUnaudited(run: Run, { direction }: { readonly direction: 'forward' | 'undo' }): boolean {
  return direction === 'forward' && run.pending.some((effect) => effect.kind === 'audit')
}

/** Only from the holder that was looked at: a save of its own may have been on its way, with a child that lives on. */
async function take(ctx: WorkerContext, { id, attempt, holder }: StepEntry): Promise<void> {
  const seen = canonicalJson(holder)
  await ctx.runs.change((run) => {
    const same = canonicalJson(stepEntryOf(run, id)?.holder) === seen
    return same ? { kind: 'taken-over', step: id, attempt } : null
  }, ctx.clocks.calendar.now())
}

async function mayTake(ctx: WorkerContext, holder: Holder): Promise<boolean> {
  const seen = await ctx.holderGone(holder)
  if (seen === 'gone') return true
  return seen === 'unknown' && ctx.clocks.machine.now() > epochOf(holder.deadline)
}
