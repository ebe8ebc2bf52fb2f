import type { Straggler } from '../wire/census.ts'

/** Their pods on an old sidecar. */
export function oldIn(workloads: readonly Straggler[]): number {
  return workloads.reduce((sum, { old }) => sum + old, 0)
}
