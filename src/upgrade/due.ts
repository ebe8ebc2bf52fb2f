import type { Run } from '../wire/run.ts'
import { hasExpired, openCard } from './cards.ts'
import { cardToRemindOf } from './decide-reminder.ts'
import { isNewUnused, isWayBackOver } from './decide-retired.ts'
import { cardWanted } from './decide-asking.ts'
import type { Policy } from './policy.ts'

/** What the time, and not a person, asks for now. The holder looks each second; nothing is scheduled elsewhere. */
export type Due =
  | { readonly kind: 'expired'; readonly card: string }
  | { readonly kind: 'remind'; readonly card: string }
  | { readonly kind: 'ask' }
  | { readonly kind: 'new-unused' }
  | { readonly kind: 'way-back-over' }

export function due(run: Run, policy: Policy, nowMs: number): readonly Due[] {
  if (run.endedAt) return []
  if (isWayBackOver(run, nowMs)) return [{ kind: 'way-back-over' }]
  if (isNewUnused(run, policy, nowMs)) return [{ kind: 'new-unused' }]
  const card = openCard(run)
  if (card && hasExpired(card, nowMs)) return [{ kind: 'expired', card: card.id }]
  const waiting = cardToRemindOf(run, nowMs)
  if (waiting) return [{ kind: 'remind', card: waiting.id }]
  return cardWanted(run, policy, nowMs) ? [{ kind: 'ask' }] : []
}

/** The step that must be in the queue now, because nobody has begun it. Adding it again is harmless: its id is the same. */
export function queuedStep(
  run: Run,
): { readonly step: string; readonly attempt: number; readonly direction: 'forward' | 'undo' } | null {
  const undoing = run.steps.find((step) => step.state === 'undoing' && !step.holder)
  if (undoing) return { step: undoing.id, attempt: undoing.attempt, direction: 'undo' }
  if (run.state !== 'running' || run.stopped || run.steps.some((step) => step.state === 'running')) return null
  const ids = new Set(run.plan.steps.filter((step) => step.phase === run.phase).map((step) => step.id))
  const next = run.steps.find((step) => ids.has(step.id) && step.state !== 'done')
  return next?.state === 'waiting' && next.attempt > 0
    ? { step: next.id, attempt: next.attempt, direction: 'forward' }
    : null
}

/** `<run>.<step>.<attempt>`: the job's id (design.md §5). */
export function stepJobId(run: Run, step: string, attempt: number): string {
  return `${run.id}.${step}.${attempt}`
}
