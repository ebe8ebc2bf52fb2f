import type { Labels } from '../istio/selectors.ts'
import type { Workload } from '../istio/objects.ts'
import type { Coded } from '../wire/facts.ts'
import { byInjection } from './cause-by-injection.ts'
import { byKind, byRollout } from './cause-by-kind.ts'
import type { WorkloadRef } from './owners.ts'
import type { PodEntry } from './pod-entry.ts'
import type { Redeploys } from './redeploy.ts'

/** What is known of a workload beside its pods; undefined where its kind is not read (a bare pod, an Argo Rollout). */
export type WorkloadFacts = Pick<Workload, 'template' | 'paused' | 'onDelete' | 'partition'> &
  Partial<Pick<Workload, 'replicas'>>

export type About = {
  readonly workload: WorkloadRef
  readonly facts: WorkloadFacts | undefined
  /** Its pods with an old sidecar: one at least. */
  readonly old: readonly PodEntry[]
  readonly namespaceLabels: Labels
  readonly redeploys: Redeploys
  /** Do pods of its newest ReplicaSet already have the new sidecar, and none of them an old one? */
  readonly underWay: boolean
  /** Its pods' ReplicaSet or Job has not been read yet: what stands here is only that. */
  readonly stranger: boolean
}

/**
 * The first cause why a workload's pods still carry an old sidecar, as a code whose sentence has the advice. Causes that a
 * redeploy alone doesn't end come first; NOT_REDEPLOYED is what is left, and is said only where a redeploy would get the new one.
 */
export function causeOf(about: About): Coded {
  const { cause, redeploy } = byInjection(about)
  if (cause) return cause
  const found = byKind(about) ?? byRollout(about) ?? { code: 'NOT_REDEPLOYED', facts: {} }
  const isPromise = found.code === 'NOT_REDEPLOYED' || found.code === 'NEXT_RUN'
  if (isPromise && (about.stranger || redeploy === 'unknown')) return { code: 'REDEPLOY_UNKNOWN', facts: {} }
  return found
}
