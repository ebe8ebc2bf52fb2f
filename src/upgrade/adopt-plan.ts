import { PHASES } from '../wire/names.ts'
import type { Plan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'
import { waitingStep } from './draft.ts'
import { planHashOf } from './new-run.ts'
import { hasBegun, stepEntryOf } from './step-order.ts'

/**
 * The run with another plan, whose hash new approvals are bound to; the journal of every phase that has begun stays. Null for a
 * plan that has other steps for such a phase: then what was done could not be undone step by step.
 */
export function adoptPlan(run: Run, plan: Plan): Run | null {
  const begun = PHASES.filter((phase) => hasBegun(run, phase))
  const stepsOf = ({ steps }: Plan): string => {
    const kept = steps.filter((step) => begun.includes(step.phase)).map(({ id, kind, target }) => [id, kind, target])
    return JSON.stringify(kept)
  }
  if (stepsOf(plan) !== stepsOf(run.plan)) return null
  // Job and backup names carry the attempt: none may come twice, also of a step that is gone and comes back.
  const attempt = Math.max(0, ...run.steps.map((step) => step.attempt))
  const steps = plan.steps.map(({ id, phase }) => {
    const entry = stepEntryOf(run, id)
    return entry && begun.includes(phase) ? entry : waitingStep(id, entry?.attempt ?? attempt)
  })
  return { ...run, plan, planHash: planHashOf(plan), steps }
}
