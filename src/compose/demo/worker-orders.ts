import type { LeaseTimes } from '../../cluster/lease.ts'
import type { WorkerTimes } from '../../flows/worker-context.ts'
import type { CalendarState } from '../../sandbox/clock/calendar.ts'

/** What a worker's process is told, first `start`, then each change of the calendar. */
export type WorkerOrder =
  | {
      readonly kind: 'start'
      readonly cluster: string
      readonly leaseTimes: LeaseTimes
      readonly times: Partial<WorkerTimes>
      readonly calendar: CalendarState
    }
  | { readonly kind: 'calendar'; readonly calendar: CalendarState }

/** What it tells whoever started it, whenever it changes. */
export type WorkerReport = { readonly leads: boolean }

/** Short enough for somebody who watches; the rehearsal lasts as long as the file says. */
export const DEMO_TIMES: Partial<WorkerTimes> = {
  installDeadline: 60_000,
  readyDeadline: 20_000,
  proofDeadline: 5000,
  freshSpread: 500,
  tick: 100,
  proofEvery: 1000,
  tenantsEvery: 5000,
  censusEvery: 1000,
  staleAfter: 60_000,
  workloadsEvery: 5000,
  strangersEvery: 2000,
  istiodsEvery: 1000,
  // By the calendar, of which hours pass in a second.
  dayEvery: 3_600_000,
}

export const DEMO_LEASE: LeaseTimes = { lease: 4000, giveUp: 3000, renew: 500 }
