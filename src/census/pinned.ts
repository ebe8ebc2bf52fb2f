import type { Migration, Pinned } from '../wire/census.ts'
import { workloadKey, type WorkloadRef } from './owners.ts'
import type { PodEntry } from './pod-entry.ts'

const NAMED = 3

/** Pods that the new control plane injected with the proxy image that an annotation pins: counted as moved, and still of an old proxy. */
export function pinnedOf(
  groups: readonly { readonly workload: WorkloadRef; readonly pods: readonly PodEntry[] }[],
  { to }: Migration,
): Pinned | null {
  const found = groups
    .map(({ workload, pods }) => ({
      name: workloadKey(workload),
      pods: pods.filter(({ revision, pinnedImage }) => revision === to && pinnedImage !== null).length,
    }))
    .filter(({ pods }) => pods > 0)
  if (found.length === 0) return null
  return {
    pods: found.reduce((sum, { pods }) => sum + pods, 0),
    workloads: found.slice(0, NAMED).map(({ name }) => name),
    more: Math.max(0, found.length - NAMED),
  }
}
