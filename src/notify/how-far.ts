import { forecastOf } from '../census/forecast.ts'
import type { WaitFacts } from '../wire/card-facts.ts'
import type { Census, CensusDay } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'

/** So many days are drawn, the newest. */
const DAYS = 14

/**
 * The run's days so far, oldest first, with today as it is now, and when the last pod would move at that pace: nothing is foretold
 * while there are sidecars of which nobody knows the revision.
 */
export function howFar(
  { requestedAt }: Run,
  { migration, pods, unknown }: Census,
  days: readonly CensusDay[],
  today: string,
): Pick<WaitFacts, 'curve' | 'forecast'> {
  const own = days.filter(({ at, migration: of }) => at >= requestedAt && of.to === migration.to)
  const before = own.filter(({ day }) => day < today).map(({ day, pods: of }) => ({ day, old: of.old, new: of.new }))
  const now = { day: today, old: pods.old, new: pods.new }
  const forecast = unknown > 0 ? null : forecastOf(before, now)
  return { curve: [...before, now].slice(-DAYS), ...(forecast ? { forecast } : {}) }
}
