import type { JsonObject, KubeObject } from '../kube-object.ts'
import { isJsonObject, listAt, valueAt } from '../kube-object.ts'
import type { Condition } from './conditions.ts'
import { dated } from './conditions.ts'
import { numberAt, withoutZeros } from './controller.ts'
import { fencesOf } from './rollout.ts'

type Counts = { readonly desired: number; readonly all: number; readonly updated: number; readonly available: number }

/** The status over the ReplicaSets as they are; `current` is the one of the template, where there is one. */
export function deploymentStatus(
  deployment: KubeObject,
  current: KubeObject | undefined,
  sets: readonly KubeObject[],
  now: number,
): JsonObject {
  const sum = (field: string): number => sets.reduce((all, set) => all + numberAt(set, 0, 'status', field), 0)
  const counts: Counts = {
    desired: numberAt(deployment, 1, 'spec', 'replicas'),
    all: sum('replicas'),
    updated: numberAt(current, 0, 'status', 'replicas'),
    available: sum('availableReplicas'),
  }
  return withoutZeros({
    observedGeneration: deployment.metadata.generation,
    replicas: counts.all,
    updatedReplicas: counts.updated,
    readyReplicas: sum('readyReplicas'),
    availableReplicas: counts.available,
    unavailableReplicas: Math.max(0, Math.max(counts.all, counts.desired) - counts.available),
    conditions: dated(deployment, conditionsOf(deployment, current, counts), now),
  })
}

function conditionsOf(deployment: KubeObject, current: KubeObject | undefined, counts: Counts): Condition[] {
  const failure = listAt(current, 'status', 'conditions').find(
    (one) => isJsonObject(one) && one['type'] === 'ReplicaFailure' && one['status'] === 'True',
  )
  const failed: Condition[] = isJsonObject(failure)
    ? [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: String(failure['message']) }]
    : []
  return [availability(deployment, counts), progress(deployment, current, counts), ...failed]
}

function availability(deployment: KubeObject, { desired, available }: Counts): Condition {
  const { unavailable } = fencesOf(valueAt(deployment, 'spec', 'strategy'), desired)
  if (available >= desired - unavailable) {
    const message = 'Deployment has minimum availability.'
    return { type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable', message }
  }
  const message = 'Deployment does not have minimum availability.'
  return { type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', message }
}

function progress(deployment: KubeObject, current: KubeObject | undefined, counts: Counts): Condition {
  const name = current?.metadata.name ?? ''
  if (valueAt(deployment, 'spec', 'paused') === true) {
    return { type: 'Progressing', status: 'Unknown', reason: 'DeploymentPaused', message: 'Deployment is paused' }
  }
  const { desired, all, updated, available } = counts
  if (updated === desired && all === desired && available === desired) {
    const message = `ReplicaSet "${name}" has successfully progressed.`
    return { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message }
  }
  const message = `ReplicaSet "${name}" is progressing.`
  return { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message }
}
