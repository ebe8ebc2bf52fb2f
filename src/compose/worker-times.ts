import type { WorkerTimes } from '../flows/worker-context.ts'

/**
 * How long things may take in production, but for a rehearsal, which the file says. `proofDeadline` bounds both the wait for an answer that stays wrong and the proof
 * of its undo, so that a switch which comes out Wrong is undone within ten seconds of its write; API servers hear of a
 * changed webhook within about one.
 */
export const WORKER_TIMES: Omit<WorkerTimes, 'rehearsal'> = {
  installDeadline: 600_000,
  readyDeadline: 120_000,
  proofDeadline: 5000,
  freshSpread: 10_000,
  tick: 1000,
  proofEvery: 5000,
  tenantsEvery: 60_000,
  censusEvery: 10_000,
  staleAfter: 180_000,
  workloadsEvery: 300_000,
  strangersEvery: 30_000,
  istiodsEvery: 30_000,
  dayEvery: 600_000,
  restartDeadline: 1_200_000,
}
