import type { Census } from '../wire/census.ts'
import type { Coded } from '../wire/facts.ts'
import type { ClusterStatus } from '../wire/read-model.ts'
import type { Run } from '../wire/run.ts'
import { approvalFacts } from './approval-facts.ts'
import { openCard } from './cards.ts'
import { codedOf } from './event.ts'
import { rollbackOffered } from './message-facts.ts'
import { isPastSwitch, isResting } from './step-order.ts'
import { whyItStays } from './unused.ts'

export type PostedAt = Readonly<Record<string, { readonly channel: string; readonly ts: string }>>

/** The run's part of the read model that `/istio status` and `/istio approvals` answer from. */
export function runStatus(
  run: Run,
  posted: PostedAt,
  quietMs: number,
  nowMs: number,
  census: Census | null,
): NonNullable<ClusterStatus['run']> {
  const card = openCard(run)
  const at = card ? posted[card.id] : undefined
  const waits = waitsOf(run, quietMs, nowMs, census)
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

/** Why a control plane may not go yet, OLD or on the way back NEW; of a run that is done, how long OLD can be put back. */
function waitsOf(run: Run, quietMs: number, nowMs: number, census: Census | null): Coded | null {
  if (run.state === 'done')
    return run.conditions.map(({ reason, facts, since }) => codedOf(reason, { ...facts, since }))[0] ?? null
  const leaves = run.state === 'returning' || (isPastSwitch(run) && isResting(run))
  return leaves ? whyItStays(run, census, quietMs, nowMs) : null
}
