import type { Pinned, PodCounts } from '../../wire/census.ts'
import { put, type Look } from './look.ts'

/** How many of 100 pods have moved, rounded down; 100 where there are none. What nobody knows has not moved. */
export function percentMoved(pods: { readonly old: number; readonly new: number }, unknown = 0): number {
  const all = pods.old + pods.new + unknown
  return all === 0 ? 100 : Math.floor((pods.new / all) * 100)
}

/** The numbers of a sentence about all pods. Those of which nothing says the revision are among all, and not among the others. */
export function movedFacts(pods: PodCounts, unknown = 0) {
  const other = pods.other - unknown
  const all = pods.old + pods.new + unknown
  return { new: pods.new, old: pods.old, all, percent: percentMoved(pods, unknown), ...(other > 0 ? { other } : {}) }
}

/** That there are sidecars of which nothing says the revision; nothing where there are none. */
export function unknownLines(unknown: number | undefined, look: Look): readonly string[] {
  return unknown ? [put(look, 'movedUnknown', { n: unknown })] : []
}

/** That pods of the new revision keep a pinned proxy image; nothing where none does. */
export function pinnedLines(pinned: Pinned | undefined, look: Look): readonly string[] {
  if (!pinned) return []
  const { pods, workloads, more } = pinned
  const list = workloads.join(look.locale === 'zh' ? '、' : ', ')
  return [put(look, 'movedPinned', { n: pods, list, ...(more > 0 ? { more } : {}) })]
}

/** `payments 12, shop 3`: teams with their pods that are left; what nobody owns is named as such. */
export function teamsLeft(
  teams: readonly { readonly team: string | null; readonly old: number }[],
  look: Look,
): string {
  const shown = teams.map(({ team, old }) => `${team ?? put(look, 'stragglersUnowned')} ${old}`)
  return shown.join(look.locale === 'zh' ? '、' : ', ')
}

/** That the first reminders wait for somebody; none where nothing is held. */
export function heldLines(held: number | undefined, look: Look): readonly string[] {
  return held ? [put(look, 'nudgesHeld', { n: held })] : []
}
