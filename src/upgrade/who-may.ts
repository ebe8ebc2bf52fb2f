import type { Refusal } from '../kernel/errors.ts'
import type { Person } from '../wire/person.ts'
import type { ApprovalCard, Run } from '../wire/run.ts'
import type { Policy } from './policy.ts'

/** Is this person listed, by id or through one of their user groups? */
export function isListed(who: Person, list: readonly string[]): boolean {
  return list.includes(who.user) || who.groups.some((group) => list.includes(group))
}

/** Null when this person may ask for an upgrade. */
export function mayRequest(policy: Policy, who: Person): Refusal | null {
  if (policy.request.length === 0) return { code: 'NOBODY_MAY_ASK', facts: {} }
  if (!isListed(who, policy.request)) return { code: 'MAY_NOT_ASK', facts: { listed: [...policy.request] } }
  return null
}

/** Null when this person's approval of the card counts: listed, not the requester (unless allowed), not twice. */
export function mayApprove(policy: Policy, run: Run, card: ApprovalCard, who: Person): Refusal | null {
  const rule = policy.approve[card.phase]
  if (rule.from.length === 0) return { code: 'NO_APPROVERS', facts: { phase: card.phase } }
  if (!isListed(who, rule.from))
    return { code: 'NOT_AN_APPROVER', facts: { phase: card.phase, listed: [...rule.from] } }
  if (who.user === run.requestedBy.user && !policy.requesterMayApprove) {
    return { code: 'SELF_APPROVAL', facts: { phase: card.phase, listed: [...rule.from] } }
  }
  if (card.decisions.some((d) => d.verdict === 'approve' && d.who.user === who.user)) {
    return { code: 'APPROVED_BY_YOU', facts: { have: approvalsOf(card), need: card.need } }
  }
  return null
}

/** Rejecting needs a listed approver; the requester may withdraw their own wish that way too. */
export function mayReject(policy: Policy, run: Run, card: ApprovalCard, who: Person): Refusal | null {
  const rule = policy.approve[card.phase]
  if (who.user === run.requestedBy.user || isListed(who, rule.from)) return null
  return { code: 'NOT_AN_APPROVER', facts: { phase: card.phase, listed: [...rule.from] } }
}

/** Start is pressed by the requester or by an approver of the phase (design.md §5). */
export function mayStart(policy: Policy, run: Run, card: ApprovalCard, who: Person): Refusal | null {
  const rule = policy.approve[card.phase]
  if (who.user === run.requestedBy.user || isListed(who, rule.from)) return null
  return { code: 'MAY_NOT_START', facts: { phase: card.phase, listed: [...rule.from] } }
}

/** A run's first reminders are let leave as the switch is started: by whoever asked, by its approvers, and by who may ask. */
export function mayNudge(policy: Policy, run: Run, who: Person): Refusal | null {
  const listed = [...new Set([...policy.request, ...policy.approve.switch.from])]
  if (who.user === run.requestedBy.user || isListed(who, listed)) return null
  return { code: 'MAY_NOT_NUDGE', facts: { listed } }
}

/** Anyone with a say in the run may stop it, and let it go on. */
export function mayStop(policy: Policy, run: Run, who: Person): Refusal | null {
  const listed = everybodyListed(policy)
  if (who.user === run.requestedBy.user || isListed(who, listed)) return null
  return { code: 'MAY_NOT_STOP', facts: { listed: [...listed] } }
}

/** Users and groups with any say in an upgrade of this cluster, each once. */
export function everybodyListed({ rollback, request, approve }: Policy): readonly string[] {
  return [...new Set([...rollback.from, ...request, ...Object.values(approve).flatMap((rule) => rule.from)])]
}

/** Going back: the people listed for it, and the requester where the policy says so. */
export function mayRollBack(policy: Policy, run: Run, who: Person): Refusal | null {
  const { from, own } = policy.rollback
  if (own && who.user === run.requestedBy.user) return null
  if (from.length === 0) return { code: 'NOBODY_MAY_ROLL_BACK', facts: {} }
  if (!isListed(who, from)) return { code: 'MAY_NOT_ROLL_BACK', facts: { listed: [...from] } }
  return null
}

/** How many different people approved. */
export function approvalsOf(card: ApprovalCard): number {
  return new Set(card.decisions.filter((d) => d.verdict === 'approve').map((d) => d.who.user)).size
}
