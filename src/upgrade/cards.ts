import { epochOf, isoOf } from '../kernel/clock.ts'
import { hashOf } from '../kernel/hash.ts'
import type { Coded } from '../wire/facts.ts'
import type { ApprovalCard, Decision, Run } from '../wire/run.ts'
import { approvalFacts } from './approval-facts.ts'
import { withEffect, withShowing } from './draft.ts'
import type { Standing } from './event.ts'
import type { Policy } from './policy.ts'

export function cardById(run: Run, id: string): ApprovalCard | undefined {
  return run.cards.find((card) => card.id === id)
}

/** The card that can still be acted on: waiting for approvals, or approved and waiting for Start. */
export function openCard(run: Run): ApprovalCard | undefined {
  return run.cards.find((card) => card.state === 'pending' || card.state === 'approved')
}

export function newCard(run: Run, policy: Policy, id: string, standing: Standing, nowMs: number): ApprovalCard {
  const rule = policy.approve[standing.phase]
  return {
    id,
    phase: standing.phase,
    revision: 0,
    state: 'pending',
    planHash: run.planHash,
    fingerprint: standing.fingerprint,
    shown: [],
    need: rule.need,
    from: [...rule.from],
    requesterMayApprove: policy.requesterMayApprove,
    createdAt: isoOf(nowMs),
    expiresAt: isoOf(policy.expiresAt(nowMs)),
    remindAt: isoOf(policy.remindAt(nowMs)),
    decisions: [],
    checks: [...standing.checks],
    blocked: [...standing.blocked],
    commands: [...standing.commands],
    undoCommands: [...standing.undoCommands],
    ...(standing.remade ? { because: standing.remade.because } : {}),
    ...(standing.reach ? { reach: standing.reach } : {}),
  }
}

/**
 * Puts the card into the run with its next revision and the digest of what will be shown, and asks for it to be shown. All
 * changes of a card go through here, so a digest can't be forgotten.
 */
export function showCard(run: Run, card: ApprovalCard): Run {
  const revised = { ...card, revision: card.revision + 1 }
  const others = run.cards.some((c) => c.id === card.id)
    ? run.cards.map((c) => (c.id === card.id ? revised : c))
    : [...run.cards, revised]
  const digest = hashOf(1, approvalFacts({ ...run, cards: others }, revised))
  const shown = [...revised.shown, { revision: revised.revision, digest }]
  const cards = others.map((c) => (c.id === card.id ? { ...revised, shown } : c))
  const shownRun = withShowing({ ...run, cards, messages: { ...run.messages, [card.id]: revised.revision } }, card.id)
  const reminded = revised.remindedAt ? withEffect(shownRun, { kind: 'remind', card: card.id, first: false }) : shownRun
  return withStarterTold(run, reminded, revised)
}

/** Whoever is to start what was approved is told once, and later what became of it. */
function withStarterTold(before: Run, shown: Run, { id, state }: ApprovalCard): Run {
  const first = state === 'approved'
  if (!first && cardById(before, id)?.state !== 'approved') return shown
  return withEffect(shown, { kind: 'remind', card: id, first, to: 'starter' })
}

/** Ends a card for good. */
export function endCard(
  run: Run,
  card: ApprovalCard,
  state: 'rejected' | 'expired' | 'superseded' | 'withdrawn',
  nowMs: number,
  because?: Coded,
  decision?: Decision,
): Run {
  return showCard(run, {
    ...card,
    state,
    endedAt: isoOf(nowMs),
    decisions: decision ? [...card.decisions, decision] : card.decisions,
    ...(because ? { because } : {}),
  })
}

export function hasExpired(card: ApprovalCard, nowMs: number): boolean {
  return nowMs >= epochOf(card.expiresAt)
}

/** Does the policy now ask for other people, or another number of them, than the card says, or refuse who could approve then? */
export function policyDiffers(card: ApprovalCard, policy: Policy): boolean {
  const rule = policy.approve[card.phase]
  if (card.requesterMayApprove && !policy.requesterMayApprove) return true
  return rule.need !== card.need || !sameMembers(rule.from, card.from)
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((member) => b.includes(member))
}
