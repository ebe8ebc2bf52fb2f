import type { CensusDay } from '../wire/census.ts'

/** The census' days in the cluster: one row a day, the day's last look, in ConfigMaps `census-<year>` with MAC. */
export type CensusStore = {
  /** Replaces the row of the same day. */
  readonly saveDay: (day: CensusDay) => Promise<void>
  /** The rows of a year, oldest first. */
  readonly days: (year: string) => Promise<readonly CensusDay[]>
}
