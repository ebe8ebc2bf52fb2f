import type { Coded } from '../wire/facts.ts'
import type { About, WorkloadFacts } from './about-workload.ts'

const BY_KIND: Readonly<Record<string, string>> = {
  Pod: 'BARE_POD',
  Node: 'STATIC_POD',
  CronJob: 'NEXT_RUN',
  Job: 'ENDS_WITH_JOB',
  ReplicaSet: 'NO_ROLLOUT',
  ReplicationController: 'NO_ROLLOUT',
}

/** Kinds of which a changed template reaches the pods by itself. */
const ROLLED: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']

export function byKind({ workload: { kind }, stranger }: About): Coded | null {
  if (stranger || ROLLED.includes(kind)) return null
  const code = BY_KIND[kind]
  return code === undefined ? { code: 'KIND_UNKNOWN', facts: { kind } } : { code, facts: { kind } }
}

/** Settings of the workload that keep a changed template from its pods. */
function heldBack({ paused, onDelete, partition }: WorkloadFacts): Coded | null {
  if (paused) return { code: 'ROLLOUT_PAUSED', facts: {} }
  if (onDelete) return { code: 'ON_DELETE', facts: {} }
  return partition ? { code: 'ROLLOUT_PARTITION', facts: { partition } } : null
}

/** What counts only where pods are made one for one; a CronJob's replicas are none. */
const SCALED: readonly string[] = ['Deployment', 'StatefulSet']

export function byRollout({ workload: { kind }, facts, underWay }: About): Coded | null {
  if (facts?.replicas === 0 && SCALED.includes(kind)) return { code: 'SCALED_TO_ZERO', facts: {} }
  const held = facts && heldBack(facts)
  if (held) return held
  return underWay ? { code: 'ROLLOUT_UNFINISHED', facts: {} } : null
}
