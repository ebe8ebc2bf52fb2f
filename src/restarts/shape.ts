import { hashOf } from '../kernel/hash.ts'
import type { RolledObject } from './rollout.ts'

/**
 * Hash of what a deploy changes in a workload, and what decides whether and how its pods are replaced: template, strategy, paused. Not of
 * the number of replicas, which an autoscaler writes all the time, each time with a new generation.
 */
export function shapeOf({ spec }: RolledObject): string {
  const { template, strategy, updateStrategy, paused = false } = spec ?? {}
  return hashOf(1, { template, strategy, updateStrategy, paused })
}
