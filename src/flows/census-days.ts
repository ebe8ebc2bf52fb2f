import { dayIn } from '../kernel/zone.ts'
import type { CensusDay } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'
import type { WorkerContext } from './worker-context.ts'

/** The rows of the years that a run has touched, oldest first. */
export async function censusDays(
  { censusStore, settings }: WorkerContext,
  run: Run,
  nowMs: number,
): Promise<readonly CensusDay[]> {
  const years = [run.requestedAt.slice(0, 4), dayIn(nowMs, settings.timezone).slice(0, 4)]
  return (await Promise.all([...new Set(years)].map((year) => censusStore.days(year)))).flat()
}
