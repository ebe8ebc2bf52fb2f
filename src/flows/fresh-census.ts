import { epochOf } from '../kernel/clock.ts'
import type { Taken, WorkerContext } from './worker-context.ts'

/**
 * The last census, where it is young enough to be told to anybody; null when pods have not been counted for a while (the watch is
 * broken, something of a count can't be read): what was true then is unknown now, and whoever waits for it is told later.
 */
export function freshCensus({ lastCensus, clocks, settings }: WorkerContext): Taken | null {
  const taken = lastCensus()
  if (!taken) return null
  return clocks.machine.now() - epochOf(taken.census.countedAt) <= settings.times.staleAfter ? taken : null
}
