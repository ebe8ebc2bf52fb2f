import { isoOf } from '../kernel/clock.ts'
import type { ApprovalCard, Run, StepEntry } from '../wire/run.ts'
import { showCard } from './cards.ts'
import { nextId, withEffect, withMessage, withStep } from './draft.ts'
import { nextStep, stepPlanOf, stepsOfPhase } from './step-order.ts'

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

/**
 * A pause may have been long: what was saved of OLD before it is saved anew, so that the way back puts back what is there now. Not once
 * the phase has acted, since then the first save is the only whole one; nor after a mere change of workers, which pauses nothing.
 */
export function savedAnew(run: Run): Run {
  const steps = stepsOfPhase(run, run.phase)
  const isSave = ({ id }: StepEntry): boolean => stepPlanOf(run, id)?.kind === 'save-old'
  if (steps.some((step) => step.acted && !isSave(step))) return run
  return steps
    .filter((step) => isSave(step) && step.state === 'done')
    .reduce((next, { id }) => withStep(next, id, { state: 'waiting' }), run)
}

/** Queues the next step of the running phase, unless the run was stopped. Done phases are not touched. */
export function queueNextStep(run: Run): Run {
  const step = nextStep(run, run.phase)
  if (!step || run.stopped) return run
  const attempt = step.attempt + 1
  const next = withStep(run, step.id, { attempt, state: 'waiting' })
  return withEffect(next, { kind: 'step', step: step.id, attempt, direction: 'forward' })
}
