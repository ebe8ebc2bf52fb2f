import { epochOf } from '../kernel/clock.ts'

/** So long after its end an upgrade or a restart is history: whoever didn't get its last word has heard it elsewhere. */
const TOLD_FOR_MS = 24 * 3_600_000

/** Whether it ended too long ago to be told to anybody who has not heard of it; false while it goes on. Epoch ms by the calendar. */
export function isHistory({ endedAt }: { readonly endedAt?: string | undefined }, nowMs: number): boolean {
  return endedAt !== undefined && nowMs - epochOf(endedAt) > TOLD_FOR_MS
}
