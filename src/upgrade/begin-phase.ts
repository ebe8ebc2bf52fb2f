import { isoOf } from '../kernel/clock.ts'
import type { ApprovalCard, Run } from '../wire/run.ts'
import { showCard } from './cards.ts'
import { nextId, withEffect, withMessage, withStep } from './draft.ts'
import { nextStep, stepsOfPhase } from './step-order.ts'

/** Starts the card's phase: the card is used up, its steps begin anew, and the first is queued. */
export function beginPhase(run: Run, card: ApprovalCard, nowMs: number): Run {
  const shown = showCard(run, card)
  const fresh = stepsOfPhase(shown, card.phase).reduce(
    (next, step) => (step.state === 'done' ? next : withStep(next, step.id, { state: 'waiting' })),
    shown,
  )
  const approvedBy = [...new Set(card.decisions.filter((d) => d.verdict === 'approve').map((d) => d.who.user))]
  const progress = { id: nextId(run, 'progress'), phase: card.phase, approvedBy }
  const running: Run = {
    ...fresh,
    state: 'running',
    progress: [...run.progress, { ...progress, direction: 'forward', startedAt: isoOf(nowMs) }],
  }
  return withMessage(queueNextStep(running), progress.id)
}

/** Queues the next step of the running phase, unless the run was stopped. Done phases are not touched. */
export function queueNextStep(run: Run): Run {
  const step = nextStep(run, run.phase)
  if (!step || run.stopped) return run
  const attempt = step.attempt + 1
  const next = withStep(run, step.id, { attempt, state: 'waiting' })
  return withEffect(next, { kind: 'step', step: step.id, attempt, direction: 'forward' })
}
