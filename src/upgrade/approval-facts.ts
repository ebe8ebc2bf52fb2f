import type { ApprovalFacts } from '../wire/card-facts.ts'
import type { PhaseName } from '../wire/names.ts'
import { PHASES } from '../wire/names.ts'
import type { ApprovalCard, Run } from '../wire/run.ts'

/**
 * What an approval card shows: made from the stored run alone, so that every rendering of a revision is the same.
 */
export function approvalFacts(run: Run, card: ApprovalCard): ApprovalFacts {
  const start = card.decisions.find((decision) => decision.verdict === 'start')
  const reject = card.decisions.find((decision) => decision.verdict === 'reject')
  return {
    card: 'approval',
    cluster: run.cluster,
    run: run.id,
    from: run.plan.from,
    to: run.plan.to,
    id: card.id,
    revision: card.revision,
    state: card.state,
    phase: card.phase,
    decisionNumber: PHASES.indexOf(card.phase) + 1,
    decisionsInAll: PHASES.length,
    ...(run.plan.by ? { by: run.plan.by } : {}),
    planHash: card.planHash,
    fingerprint: card.fingerprint,
    requestedBy: run.requestedBy.user,
    need: card.need,
    approvers: card.from,
    approvedBy: card.decisions.filter((d) => d.verdict === 'approve').map((d) => ({ user: d.who.user, at: d.at })),
    ...(reject
      ? { endedBy: { user: reject.who.user, at: reject.at, ...(reject.reason ? { reason: reject.reason } : {}) } }
      : {}),
    ...(start ? { startedBy: { user: start.who.user, at: start.at } } : {}),
    ...(card.endedAt ? { endedAt: card.endedAt } : {}),
    expiresAt: card.expiresAt,
    requesterMayApprove: card.requesterMayApprove,
    strategy: run.plan.strategy,
    steps: run.plan.steps.filter((step) => step.phase === card.phase),
    classes: run.plan.classes.map((entry) => shownFor(card.phase, entry)),
    checks: card.checks,
    blocked: card.blocked,
    warnings: run.plan.warnings,
    notChecked: run.plan.notChecked,
    ...(card.because ? { because: card.because } : {}),
    ...(card.reach ? { reach: card.reach } : {}),
    commands: card.commands,
    undoCommands: card.undoCommands,
  }
}

/** Only the switch moves a class; the cards of the other phases show each as it stays. */
function shownFor(phase: PhaseName, entry: Run['plan']['classes'][number]): Run['plan']['classes'][number] {
  if (phase === 'switch') return entry
  return phase === 'install' ? { ...entry, after: entry.before } : { ...entry, before: entry.after }
}
