import type { Refusal } from '../kernel/errors.ts'
import type { ApprovalFacts } from './card-facts.ts'

const DECIDED = {
  approved: 'CARD_APPROVED_ALREADY',
  started: 'CARD_STARTED_ALREADY',
  rejected: 'CARD_REJECTED',
  expired: 'CARD_EXPIRED',
  superseded: 'CARD_SUPERSEDED',
  withdrawn: 'CARD_WITHDRAWN',
} as const

/** What a late click on a card is told: who decided and when, what changed, or whom to ask. Null while it waits for approvals. */
export function whyDecided(card: ApprovalFacts): Refusal | null {
  if (card.state === 'pending') return null
  return { code: DECIDED[card.state], facts: { approval: card.id, ...factsOf(card), phase: card.phase } }
}

function factsOf(card: ApprovalFacts): Refusal['facts'] {
  const last = card.approvedBy.at(-1)
  const approved = { who: card.approvedBy.map(({ user }) => user), at: last?.at }
  if (card.state === 'approved') return approved
  if (card.state === 'started') return card.startedBy ? { who: card.startedBy.user, at: card.startedBy.at } : approved
  if (card.state === 'rejected') {
    const { user: who, at, reason } = card.endedBy ?? {}
    return { who, at, reason }
  }
  if (card.state === 'expired') return { at: card.expiresAt, requester: card.requestedBy }
  // The cause is a code, which whoever says this makes into words from the facts beside it.
  return { ...card.because?.facts, because: card.because?.code, at: card.endedAt }
}
