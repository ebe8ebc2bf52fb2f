import type { Run } from '../wire/run.ts'
import { stepPlanOf, stepsOfPhase } from './step-order.ts'

/**
 * May new pods have got NEW at any time of this run, also where all of it is undone by now? A switch that came no further than its
 * save has moved nobody. One whose journal is gone, since its undo made room for a new plan, may have.
 */
export function mayHaveSwitched(run: Run): boolean {
  if (!run.progress.some(({ phase }) => phase === 'switch')) return false
  const begun = stepsOfPhase(run, 'switch').filter(({ startedAt }) => startedAt !== undefined)
  return begun.length === 0 || begun.some(({ id }) => stepPlanOf(run, id)?.kind !== 'save')
}
