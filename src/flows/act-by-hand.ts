import { CodedError } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import type { StepJob, WorkQueue } from '../ports/work-queue.ts'
import { nextId } from '../upgrade/draft.ts'
import type { ByHand } from '../upgrade/event.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { applyEffects } from './apply-effects.ts'
import type { RunKeeper } from './run-keeper.ts'
import { runStep } from './run-step.ts'
import { takeUp } from './take-over.ts'
import type { WorkerContext } from './worker-context.ts'

/**
 * Stops the run from a terminal. Only the record is written, by compare-and-set: a worker that leads sees it within a second,
 * lets its step end and verifies it; the next one to lead finds it. Answers what became of it.
 */
export async function stopByHand(runs: RunKeeper, by: ByHand, nowMs: number): Promise<Coded> {
  const decided = await runs.change((run) => ({ kind: 'stop-by-hand', id: nextId(run, 'alarm'), by }), nowMs)
  if (!decided) return codedOf('NO_RUN')
  return decided.ok ? codedOf('STOPPED') : codedOf(decided.refusal.code, decided.refusal.facts)
}

/** Steps come back to this process; what is to be told stays with the run until a worker with a queue tells it. */
export type StepTray = { readonly queue: WorkQueue; readonly take: () => StepJob | null }

export function newStepTray(): StepTray {
  const waiting = new Map<string, StepJob>()
  return {
    queue: {
      addStep: async (id, job) => void waiting.set(id, job),
      addNotice: async () => {
        throw new CodedError('QUEUE_UNREACHABLE')
      },
    },
    take: () => {
      const [first] = waiting
      if (first) waiting.delete(first[0])
      return first?.[1] ?? null
    },
  }
}

const MOVING: readonly Run['state'][] = ['running', 'undoing']

/**
 * Goes back from a terminal, in this process, which holds the Lease: asks for the way back (or takes up one that was under way)
 * and undoes step after step as a worker would. Answers how the run stands at the end; a step that another process may still
 * be at is waited for. Throws LEASE_LOST where somebody else took the lead.
 */
export async function rollBackByHand(
  ctx: WorkerContext,
  tray: StepTray,
  by: ByHand,
  show: (run: Run) => void,
): Promise<Coded> {
  const nowMs = ctx.clocks.calendar.now()
  const decided = await ctx.runs.change((run) => ({ kind: 'rollback-by-hand', id: nextId(run, 'alarm'), by }), nowMs)
  if (!decided) return codedOf('NO_RUN')
  if (!decided.ok && decided.refusal.code !== 'ROLLING_BACK')
    return codedOf(decided.refusal.code, decided.refusal.facts)
  for (;;) {
    if (!ctx.holds()) throw new CodedError('LEASE_LOST')
    await applyEffects(ctx)
    await takeUp(ctx)
    const run = await ctx.runs.current()
    if (!run) return codedOf('RETURNED')
    show(run)
    if (!MOVING.includes(run.state)) return endOf(run)
    const job = tray.take()
    if (job) await runStep(ctx, job)
    else await sleep(ctx.settings.times.tick, ctx.lost)
  }
}

function endOf(run: Run): Coded {
  if (run.state === 'returned') return codedOf('RETURNED')
  const stays = run.conditions.find(({ type, status }) => type === 'NewStays' && status === 'True')
  if (run.state === 'returning') return codedOf('RETURNING', { because: stays?.reason, ...stays?.facts })
  return codedOf('HALTED', { phase: run.phase, because: run.halted?.code, ...run.halted?.facts })
}
