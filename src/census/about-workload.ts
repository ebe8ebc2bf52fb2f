import type { Labels } from '../istio/selectors.ts'
import type { Workload } from '../istio/objects.ts'
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
