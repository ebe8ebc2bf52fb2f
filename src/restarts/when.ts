import { epochOf } from '../kernel/clock.ts'
import type { Refusal } from '../kernel/errors.ts'
import type { Window } from '../kernel/windows.ts'
import type { Restart } from '../wire/restarts.ts'
import { dayIn, formatInZone, nextOpening, withinWindows } from '../kernel/zone.ts'

/** A team's working hours, the zone they are in, and the day by which it was asked to have redeployed. */
export type Hours = { readonly window: Window; readonly zone: string; readonly lastDay: string | undefined }

/** So far ahead at most: the upgrade may be over by then. */
const MOST_MS = 31 * 86_400_000
/** A worker that comes later than this after a picked time begins nothing: whoever picked it may be gone for the day. */
const LATE_MS = 3_600_000

/** Null when somebody may pick this moment: ahead of now, in working hours, not after the deadline. */
export function mayPick(due: string, { window, zone, lastDay }: Hours, nowMs: number): Refusal | null {
  const dueMs = epochOf(due)
  const hours = { allow: [window], freeze: [] }
  if (dueMs <= nowMs || dueMs > nowMs + MOST_MS) return { code: 'RESTART_TIME_AWAY', facts: { zone } }
  if (!withinWindows(hours, dueMs, zone)) {
    const opening = nextOpening(hours, dueMs, zone)
    return { code: 'RESTART_TIME_CLOSED', facts: opening === null ? {} : { opens: formatInZone(opening, zone) } }
  }
  if (lastDay !== undefined && dayIn(dueMs, zone) > lastDay)
    return { code: 'RESTART_TIME_LATE', facts: { day: lastDay } }
  return null
}

/** A moment to offer in the picker: the next in working hours, an hour ahead at least; epoch ms. */
export function offeredTime({ window, zone }: Pick<Hours, 'window' | 'zone'>, nowMs: number): number {
  const soonMs = Math.ceil(nowMs / 3_600_000) * 3_600_000 + 3_600_000
  return nextOpening({ allow: [window], freeze: [] }, soonMs, zone) ?? soonMs
}

/** A write that was due longer ago than this is not made: whoever clicked may not want it any more. As long as a request lives. */
const LAPSES_MS = 120_000

/** Is it too long ago that the write of this restart became due? By the machine's clock, which no demo speeds up; epoch ms. */
export function hasLapsed(
  { askedAt, stamp, at }: Pick<Restart, 'askedAt' | 'stamp' | 'at'>,
  machineMs: number,
): boolean {
  return machineMs - epochOf(askedAt ?? stamp ?? at) > LAPSES_MS
}

/** Is a picked moment there; and is it too long ago to begin now? */
export function isDue(due: string, nowMs: number): 'not yet' | 'now' | 'missed' {
  const lateMs = nowMs - epochOf(due)
  if (lateMs < 0) return 'not yet'
  return lateMs > LATE_MS ? 'missed' : 'now'
}
