import type { Migration } from '../wire/census.ts'
import type { ControlPlaneRef, Plan } from '../wire/plan.ts'

/** Between which control planes pods move: the plan's, the other way round while the run goes back. */
export function endsOf(
  plan: Plan,
  migration: Migration,
): { readonly from: ControlPlaneRef[]; readonly to: ControlPlaneRef } {
  const [old] = plan.from
  return old && migration.to === old.revision ? { from: [plan.to], to: old } : { from: plan.from, to: plan.to }
}
