import type { PhaseName } from '../wire/names.ts'

/** Who may decide one thing: user ids and user group ids (`U…`, `S…`). Nobody listed = nobody may. */
type Rule = { readonly need: number; readonly from: readonly string[] }

/**
 * The cluster's policy as its worker reads it from its own file (design.md §13). Going forward fails closed; going back is
 * never held up by windows, stop, expiry or requester exclusion (promise 8).
 */
export type Policy = {
  readonly request: readonly string[]
  readonly approve: Readonly<Record<PhaseName, Rule>>
  /** Who may go back; with `own`, whoever asked for the upgrade too. */
  readonly rollback: { readonly from: readonly string[]; readonly own: boolean }
  readonly requesterMayApprove: boolean
  /** When a card or an unused approval made now lapses (epoch ms): hours inside windows count. */
  readonly expiresAt: (nowMs: number) => number
  /** When those who have not decided on a card made now are reminded (epoch ms): at half of its time. */
  readonly remindAt: (nowMs: number) => number
  /** Does a phase start at its last approval, or when somebody presses Start? */
  readonly start: Readonly<Record<PhaseName, 'atOnce' | 'whenStarted'>>
  /** How long nobody must have used the old control plane, by both sources, before it may go; in ms. */
  readonly quietMs: number
}
