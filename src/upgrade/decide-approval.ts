import { isoOf } from '../kernel/clock.ts'
import type { Refusal } from '../kernel/errors.ts'
import { changedFields } from '../istio/fingerprint-fields.ts'
import { whyDecided } from '../wire/decided-card.ts'
import type { ClickedCard } from '../wire/request.ts'
import type { ApprovalCard, Decision, Run } from '../wire/run.ts'
import { approvalFacts } from './approval-facts.ts'
import { cardById, endCard, hasExpired, openCard, policyDiffers, showCard } from './cards.ts'
import type { Decided } from './decided.ts'
import { beginPhase } from './begin-phase.ts'
import { withAudit, withVerdict } from './draft.ts'
import type { Click, RunEvent, Standing } from './event.ts'
import { codedOf } from './event.ts'
import type { Policy } from './policy.ts'
import { approvalsOf, mayApprove, mayReject } from './who-may.ts'
import { whyStopped } from './who-stopped.ts'

type Approve = Extract<RunEvent, { kind: 'approve' }>
type Reject = Extract<RunEvent, { kind: 'reject' }>

export function decideApprove(run: Run, event: Approve, policy: Policy, nowMs: number): Decided {
  const { click, standing } = event
  const card = cardById(run, event.card.id)
  const unusable = whyUnusable(run, card, event.card, 'pending', nowMs)
  if (unusable || !card) return { ok: false, refusal: unusable ?? { code: 'CARD_UNKNOWN', facts: {} } }
  const no = mayApprove(policy, run, card, click.who)
  if (no) return { ok: false, refusal: no }
  const stale = supersededBy(run, card, standing, policy, nowMs)
  if (stale) return stale
  const blocked = standing.blocked.find((gate) => !isOnlyTiming(gate)) ?? whyTypedWrong(run, card, event.typed)
  if (blocked) return { ok: false, refusal: blocked }

  const decided = { ...card, decisions: [...card.decisions, decisionOf('approve', click, nowMs)] }
  const have = approvalsOf(decided)
  const facts = { approval: card.id, phase: card.phase, have, need: card.need }
  if (have < card.need) {
    const shown = withAudit(showCard(run, decided), codedOf('APPROVED', facts), nowMs, click)
    return { ok: true, run: withVerdict(shown, click.request, codedOf('APPROVED_NEEDS_MORE', facts)) }
  }
  return completed(run, decided, event, policy, nowMs)
}

function completed(run: Run, card: ApprovalCard, event: Approve, policy: Policy, nowMs: number): Decided {
  const { click, standing } = event
  const facts = { approval: card.id, phase: card.phase, have: card.need, need: card.need }
  if (policy.start[card.phase] === 'atOnce' && standing.blocked.length === 0) {
    const begun = beginPhase(run, { ...card, state: 'started' }, nowMs)
    const audited = withAudit(begun, codedOf('APPROVED', facts), nowMs, click)
    return { ok: true, run: withVerdict(audited, click.request, codedOf('APPROVED_AND_STARTED', facts)) }
  }
  const shown = showCard(run, { ...card, state: 'approved' })
  const audited = withAudit(shown, codedOf('APPROVED', facts), nowMs, click)
  return { ok: true, run: withVerdict(audited, click.request, codedOf('APPROVED_WAITS_FOR_START', facts)) }
}

/** A rejection is final for its card, whatever was approved before. */
export function decideReject(run: Run, event: Reject, policy: Policy, nowMs: number): Decided {
  const card = cardById(run, event.card.id)
  const unusable = whyUnusable(run, card, event.card, card?.state === 'approved' ? 'approved' : 'pending', nowMs)
  if (unusable || !card) return { ok: false, refusal: unusable ?? { code: 'CARD_UNKNOWN', facts: {} } }
  const no = mayReject(policy, run, card, event.click.who)
  if (no) return { ok: false, refusal: no }
  const reason = event.reason
  const ended = endCard(run, card, 'rejected', nowMs, undefined, {
    ...decisionOf('reject', event.click, nowMs),
    reason,
  })
  const facts = { approval: card.id, phase: card.phase, reason }
  const audited = withAudit(ended, codedOf('REJECTED', facts), nowMs, event.click)
  return { ok: true, run: withVerdict(audited, event.click.request, codedOf('REJECTED', facts)) }
}

export function decisionOf(verdict: Decision['verdict'], click: Click, nowMs: number): Decision {
  return { verdict, who: click.who, at: isoOf(nowMs) }
}

/** What can't be taken back for long is approved by typing the cluster's name: compared trimmed and without case. */
function whyTypedWrong({ cluster }: Run, { phase }: ApprovalCard, typed = ''): Refusal | null {
  if (phase !== 'retire' || typed.trim().toLowerCase() === cluster.toLowerCase()) return null
  return { code: 'TYPED_NAME_WRONG', facts: { cluster, typed } }
}

/** Windows and freezes: they hold back a start, not an approval (design.md §5). */
function isOnlyTiming(blocked: Refusal): boolean {
  return blocked.code === 'OUTSIDE_WINDOW' || blocked.code === 'FROZEN'
}

/** Null when the clicked card is this card, in this state, as it was shown, in time, and the run may go forward. */
export function whyUnusable(
  run: Run,
  card: ApprovalCard | undefined,
  clicked: ClickedCard,
  state: 'pending' | 'approved',
  nowMs: number,
): Refusal | null {
  if (!card) return { code: 'CARD_UNKNOWN', facts: { approval: clicked.id } }
  if (card.state !== state) return whyNot(run, card)
  if (!wasShown(card, clicked)) return { code: 'CARD_STALE', facts: { phase: card.phase } }
  if (hasExpired(card, nowMs)) return whyNot(run, { ...card, state: 'expired' })
  const stopped = whyStopped(run)
  if (stopped) return stopped
  if (run.rollback) return { code: 'ROLLING_BACK', facts: { phase: card.phase } }
  return null
}

/** The click's revision, digest, plan and fingerprint must be those of a revision of this card that was really sent. */
function wasShown(card: ApprovalCard, clicked: ClickedCard): boolean {
  if (clicked.planHash !== card.planHash || clicked.fingerprint !== card.fingerprint) return false
  return card.shown.some((shown) => shown.revision === clicked.revision && shown.digest === clicked.digest)
}

/** Who decided, and when: what a late click is told; of a card that was replaced also which one stands in its place. */
function whyNot(run: Run, card: ApprovalCard): Refusal {
  const decided = whyDecided(approvalFacts(run, card))
  if (!decided) {
    return { code: 'CARD_NOT_APPROVED_YET', facts: { phase: card.phase, have: approvalsOf(card), need: card.need } }
  }
  const newer = card.state === 'superseded' ? openCard(run)?.id : undefined
  return newer ? { ...decided, facts: { ...decided.facts, newer } } : decided
}

/** A changed cluster, plan or policy refuses the click, says what changed, and makes room for a new card (promise 2). */
export function supersededBy(
  run: Run,
  card: ApprovalCard,
  standing: Standing,
  policy: Policy,
  nowMs: number,
): Decided | null {
  if (policyDiffers(card, policy)) {
    const because = codedOf('POLICY_CHANGED', { phase: card.phase })
    return { ok: false, refusal: because, run: endCard(run, card, 'superseded', nowMs, because) }
  }
  if (standing.remade) {
    const { because } = standing.remade
    return { ok: false, refusal: because, run: endCard(run, card, 'superseded', nowMs, because) }
  }
  if (standing.fingerprint === card.fingerprint) return null
  const because = codedOf('CLUSTER_CHANGED', { phase: card.phase, changed: changedFields(run.fields, standing.fields) })
  return { ok: false, refusal: because, run: endCard(run, card, 'superseded', nowMs, because) }
}
