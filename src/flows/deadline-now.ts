import { deadlineOf } from '../upgrade/deadline-of.ts'
import type { Census, Deadline } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'
import type { WorkerContext } from './worker-context.ts'

/** The deadline as it is told now, as a fact of a card; empty where neither the run nor the file sets one, or nobody is left to be asked. */
export function deadlineNow(
  { settings, clocks }: WorkerContext,
  run: Run,
  census: Census | null,
  zone: string,
): { readonly deadline?: Deadline } {
  if (census?.pods.old === 0) return {}
  const deadline = deadlineOf(run, settings.deadlineMs, clocks.calendar.now(), zone)
  return deadline ? { deadline } : {}
}
