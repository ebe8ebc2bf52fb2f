import type { Clocks } from '../../../src/kernel/clock.ts'

/** The machine's calendar until days are passed; the clock of the machine goes on as it is. */
export function aCalendar(): { readonly calendar: Clocks['calendar']; readonly passTime: (ms: number) => void } {
  let passed = 0
  return { calendar: { now: () => Date.now() + passed }, passTime: (ms) => void (passed += ms) }
}
