import type { ApprovalCard, Effect, Run, StepEntry } from '../wire/run.ts'
import { withAudit } from './draft.ts'
import { codedOf } from './event.ts'

/** So many of each kind of effect stay where they can't be applied: a message is told once anyway, a step is queued anew. */
const WAITING_KEPT: Readonly<Record<Effect['kind'], number>> = {
  audit: 10,
  verdict: 10,
  message: 60,
  remind: 10,
  step: 2,
  'cancel-step': 2,
}

/**
 * The run without everything that is only there to be looked at: given up before a way back is, which must be saved even where
 * the audit can't be written and its lines pile up. AUDIT_SHORTENED {lines} says in the audit how many it will never get.
 */
export function withoutEvidence(run: Run, nowMs: number): Run {
  const { settled: _, ...rest } = run
  const bare = {
    ...rest,
    cards: run.cards.map(bareCard),
    steps: run.steps.map(bareStep),
    alarms: run.alarms.filter(({ endedAt }) => !endedAt),
    ...(run.calls ? { calls: run.calls.map(bareCall) } : {}),
  }
  return withoutOldEffects(bare, nowMs)
}

/** One that is open stays as it was shown: what is clicked on it is compared with that. */
function bareCard(card: ApprovalCard): ApprovalCard {
  if (card.state === 'pending' || card.state === 'approved') return card
  return { ...card, checks: [], blocked: [], shown: [], commands: [], undoCommands: [] }
}

function bareStep({ error, ...step }: StepEntry): StepEntry {
  return { ...step, proofs: [], evidence: [], ...(error ? { error: codedOf(error.code) } : {}) }
}

/** They stay, since the next one is numbered after them. */
function bareCall(call: NonNullable<Run['calls']>[number]): NonNullable<Run['calls']>[number] {
  return call.endedAt ? { ...call, what: codedOf(call.what.code) } : call
}

function withoutOldEffects(run: Run, nowMs: number): Run {
  const byKind = Map.groupBy(run.pending, ({ kind }) => kind)
  const kept = [...byKind].flatMap(([kind, effects]) => effects.slice(-WAITING_KEPT[kind]))
  const pending = run.pending.filter((effect) => kept.includes(effect)).map(withoutRequest)
  const lines = run.pending.filter((effect) => !kept.includes(effect)).reduce((sum, effect) => sum + linesOf(effect), 0)
  return lines === 0
    ? { ...run, pending }
    : withAudit({ ...run, pending }, codedOf('AUDIT_SHORTENED', { lines }), nowMs)
}

function withoutRequest(effect: Effect): Effect {
  if (effect.kind !== 'audit') return effect
  const { request: _, ...rest } = effect
  return rest
}

/** How many lines of the audit go with it. */
function linesOf(effect: Effect): number {
  if (effect.kind !== 'audit') return 0
  return effect.what.code === 'AUDIT_SHORTENED' ? Number(effect.what.facts['lines']) : 1
}
