import type { Clock } from '../kernel/clock.ts'

/** A moment by both clocks of the machine. */
export type Moment = { readonly wall: number; readonly steady: number }

export function momentOf(machine: Clock): Moment {
  return { wall: machine.now(), steady: performance.now() }
}

/**
 * Milliseconds since a moment, by whichever clock says more: the steady one stands still while a machine sleeps, and the
 * wall clock may be set back. Taking too much for gone only gives a Lease up early.
 */
export function elapsedMs(since: Moment, machine: Clock): number {
  return Math.max(machine.now() - since.wall, performance.now() - since.steady)
}
