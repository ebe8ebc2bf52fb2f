import type { Migration } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'
import { isPastSwitch } from './step-order.ts'

/**
 * From where to where pods move by their own redeploys: from the switch until OLD is retired, also while that is rehearsed or
 * done; and, with the roles swapped, while going back.
 */
export function migrationOf(run: Run): Migration | null {
  const { state, plan, endedAt } = run
  if (endedAt || state === 'done') return null
  const [first, ...more] = plan.from.map(({ revision }) => revision)
  if (first === undefined) return null
  if (state === 'returning') return { from: [plan.to.revision], to: first }
  return isPastSwitch(run) ? { from: [first, ...more], to: plan.to.revision } : null
}
