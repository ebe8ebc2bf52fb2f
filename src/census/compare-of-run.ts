import { compareSides, type Comparison } from './compare-sides.ts'
import type { WorkloadNow } from './sides.ts'
import type { Coded } from '../wire/facts.ts'
import type { Plan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'

/**
 * The new pods are those with the sidecar that the upgrade brings, also while it goes back: who asks then asks about that one. Nothing is
 * called not the sidecar's doing because it fails only where pods went back.
 */
export function compareOfRun(
  now: WorkloadNow,
  { plan, state }: Pick<Run, 'plan' | 'state'>,
  nowMs: number,
): Comparison {
  const ways = { from: plan.from.map(({ revision }) => revision), to: plan.to.revision }
  const { verdict, seen } = compareSides(now, ways, nowMs)
  const isBackOnly = state === 'returning' && verdict.code === 'SIDECAR_NOT_OLD_ONLY'
  return {
    verdict: isBackOnly ? { ...verdict, code: 'SIDECAR_BACK_ONLY' } : verdict,
    seen: seen.map((line) => withVersion(line, plan)),
  }
}

function withVersion(line: Coded, { from, to }: Plan): Coded {
  const versions = {
    SIDECAR_SIDE_NEW: to.version,
    SIDECAR_SIDE_OLD: [...new Set(from.map((one) => one.version))].join(', '),
  }[line.code]
  return versions ? { ...line, facts: { ...line.facts, version: versions } } : line
}
