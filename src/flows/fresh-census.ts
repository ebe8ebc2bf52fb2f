import { sleep } from '../kernel/retry.ts'
import { migrationOf } from '../upgrade/migration-of.ts'
import type { Run } from '../wire/run.ts'
import type { Taken, WorkerContext } from './worker-context.ts'

/**
 * The last census, where it is young enough to be told to anybody; null when pods have not been counted for a while (the watch is
 * broken, something of a count can't be read): what was true then is unknown now, and whoever waits for it is told later.
 */
export function freshCensus({ lastCensus, clocks, settings }: WorkerContext): Taken | null {
  const taken = lastCensus()
  if (!taken) return null
  return clocks.machine.now() - taken.seenMs <= settings.times.staleAfter ? taken : null
}

/** The same, if it is of the way that the run goes now: a count of the way before says nothing of this one. */
export function censusOfWay(ctx: WorkerContext, run: Run): Taken | null {
  const taken = freshCensus(ctx)
  return taken && taken.census.migration.to === migrationOf(run)?.to ? taken : null
}

const LOOK_EVERY_MS = 250

/**
 * The same for a step, which can wait: a worker that has just taken over has counted nothing yet, and that is no reason to undo
 * what it came to go on with. Null when nothing young enough was counted for as long as a count stays young.
 */
export async function awaitedCensus(ctx: WorkerContext, signal: AbortSignal): Promise<Taken | null> {
  const endMs = ctx.clocks.machine.now() + ctx.settings.times.staleAfter
  for (;;) {
    const taken = freshCensus(ctx)
    if (taken || signal.aborted || ctx.clocks.machine.now() >= endMs) return taken
    await sleep(LOOK_EVERY_MS, signal)
  }
}
