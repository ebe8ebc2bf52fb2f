import { epochOf, isoOf } from '../kernel/clock.ts'
import type { ApprovalCard, Run } from '../wire/run.ts'
import { cardById, hasExpired, openCard } from './cards.ts'
import type { Decided } from './decided.ts'
import { withEffect } from './draft.ts'

/** The card whose undecided approvers are to be reminded now: once in its life, at its half, and only while they could decide. */
export function cardToRemindOf(run: Run, nowMs: number): ApprovalCard | null {
  const card = openCard(run)
  if (!card || card.state !== 'pending' || run.stopped || run.rollback || card.remindedAt) return null
  const isDue = card.remindAt !== undefined && nowMs >= epochOf(card.remindAt) && !hasExpired(card, nowMs)
  return isDue ? card : null
}

/** Saved before anybody is told, so that whoever takes over does not remind again. */
export function decideReminder(run: Run, id: string, nowMs: number): Decided {
  const card = cardById(run, id)
  if (!card || cardToRemindOf(run, nowMs)?.id !== id) {
    return { ok: false, refusal: { code: 'CARD_NOT_OPEN', facts: { approval: id } } }
  }
  const cards = run.cards.map((each) => (each.id === id ? { ...each, remindedAt: isoOf(nowMs) } : each))
  return { ok: true, run: withEffect({ ...run, cards }, { kind: 'remind', card: id, first: true }) }
}
