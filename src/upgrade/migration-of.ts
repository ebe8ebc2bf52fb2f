import type { Migration } from '../wire/census.ts'
import type { Run } from '../wire/run.ts'

/** From where to where pods move by their own redeploys: after the switch, and, with the roles swapped, while going back. */
export function migrationOf({ state, plan, endedAt }: Run): Migration | null {
  if (endedAt) return null
  const [first, ...more] = plan.from.map(({ revision }) => revision)
  if (first === undefined) return null
  if (state === 'returning') return { from: [plan.to.revision], to: first }
  return state === 'switched' ? { from: [first, ...more], to: plan.to.revision } : null
}
