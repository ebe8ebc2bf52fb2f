import { hashOf } from '../kernel/hash.ts'
import type { Straggler } from '../wire/census.ts'
import type { Drawn, TeamState } from '../wire/team-states.ts'
import { shownOf, shownWorkloads } from './team-message.ts'

/** So often a live reminder is edited at most; nobody is notified of an edit. */
const EVERY_MS = 10 * 60_000

/** May somebody still answer its newest reminder, and is something left to ask for? */
export function isLive({ nudges, answeredNudge, thanked = 0, old }: TeamState): boolean {
  return old > 0 && nudges > thanked && nudges !== answeredNudge
}

/** What a new reminder shows. */
export function firstDrawing({ drawn }: TeamState, own: readonly Straggler[], nowMs: number): Partial<TeamState> {
  return { shown: shownOf(own), drawn: { times: drawn?.times ?? 0, looks: looksOf(own), atMs: nowMs } }
}

/**
 * How a live reminder is to be drawn anew; null where it shows what is left. A drawing is saved as `owed` before it is sent, and sent only
 * while it is still what is left: so one revision never has two contents, whenever a worker is killed. `isForgotten`: nobody knows
 * what the bot remembers, and it is not waited.
 */
export function nextDrawing(
  { drawn, lastMs }: TeamState,
  own: readonly Straggler[],
  { nowMs, isForgotten }: { readonly nowMs: number; readonly isForgotten: boolean },
): Drawn | null {
  const looks = looksOf(own)
  const { times, atMs, owed } = drawn ?? { times: 0, atMs: lastMs }
  if (drawn?.looks === looks) return owed ? { times, looks, atMs } : null
  if (!owed && !isForgotten && nowMs - atMs < EVERY_MS) return null
  return { times: times + 1, looks, atMs: nowMs, owed: true }
}

/** Is what is left what its newest revision shows, as it was sent? Only then may that be sent again. Of older records it is not known. */
export function isDrawn({ drawn }: TeamState, own: readonly Straggler[]): boolean {
  return !drawn || (!drawn.owed && drawn.looks === looksOf(own))
}

/** All that a reader sees of them; a newer pod alone is nothing to tell. */
function looksOf(own: readonly Straggler[]): string {
  const { workloads, more, old } = shownWorkloads(own)
  return hashOf(1, { workloads: workloads.map(({ newestPodAt: _, ...seen }) => seen), more, old }).slice(0, 16)
}
