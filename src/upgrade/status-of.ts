import type { ClusterStatus } from '../wire/read-model.ts'
import type { Run } from '../wire/run.ts'
import { approvalFacts } from './approval-facts.ts'
import { openCard } from './cards.ts'
import { rollbackOffered } from './message-facts.ts'
import { isPastSwitch, isResting } from './step-order.ts'
import { whyNotQuiet } from './unused.ts'

export type PostedAt = Readonly<Record<string, { readonly channel: string; readonly ts: string }>>

/** The run's part of the read model that `/istio status` and `/istio approvals` answer from. */
export function runStatus(
  run: Run,
  posted: PostedAt,
  quietMs: number,
  nowMs: number,
): NonNullable<ClusterStatus['run']> {
  const card = openCard(run)
  const at = card ? posted[card.id] : undefined
  const waits = isPastSwitch(run) && isResting(run) && !card ? whyNotQuiet(run, quietMs, nowMs) : null
  return {
    id: run.id,
    state: run.state,
    phase: run.phase,
    from: run.plan.from,
    to: run.plan.to,
    requestedBy: run.requestedBy.user,
    requestedAt: run.requestedAt,
    stopped: run.stopped !== undefined,
    ...(run.halted ? { halted: run.halted } : {}),
    ...(waits ? { waits } : {}),
    alarms: run.alarms.filter((alarm) => !alarm.endedAt).map((alarm) => alarm.what),
    rollbackOffered: rollbackOffered(run),
    open: card
      ? [{ card: approvalFacts(run, card), ...(at ? { posted: { channel: at.channel, ts: at.ts } } : {}) }]
      : [],
  }
}
