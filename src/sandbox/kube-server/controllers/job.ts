import { kubeTime } from '../api.ts'
import type { JsonObject, KubeObject } from '../kube-object.ts'
import { isJsonObject, listAt, objectAt, textAt, valueAt } from '../kube-object.ts'
import { dated } from './conditions.ts'
import type { Controller, Hands } from './controller.ts'
import {
  MANAGER,
  activePods,
  find,
  keyOf,
  numberAt,
  ownAndOwned,
  readyOf,
  removePod,
  withoutZeros,
} from './controller.ts'
import type { PodMaker } from './make-pod.ts'
import { newPodMaker, podFrom } from './make-pod.ts'

/** Runs a Job's pods until as many as asked for have succeeded. Pods of the sandbox never fail by themselves. */
export function jobController(hands: Hands): Controller {
  const pods = newPodMaker(hands, 'job-controller', (owner) => look(keyOf(owner)))
  const look = (key: string): void => {
    const job = find(hands, 'batch/v1', 'Job', key)
    if (job && !isComplete(job)) reconcile(hands, pods, job)
  }
  return { name: 'job', concerns: ownAndOwned('jobs.batch', 'Job', 'pods'), reconcile: look }
}

export function isComplete(job: KubeObject): boolean {
  const ends = ['Complete', 'Failed']
  return listAt(job, 'status', 'conditions').some(
    (one) => isJsonObject(one) && ends.includes(String(one['type'])) && one['status'] === 'True',
  )
}

function reconcile(hands: Hands, pods: PodMaker, job: KubeObject): void {
  const succeeded = succeededOf(hands, job)
  const left = Math.max(0, numberAt(job, 1, 'spec', 'completions') - succeeded)
  const suspended = valueAt(job, 'spec', 'suspend') === true
  const wanted = suspended ? 0 : Math.min(numberAt(job, 1, 'spec', 'parallelism'), left)
  const running = activePods(hands, job)
  for (const pod of running.slice(wanted)) removePod(hands, pod)
  for (let count = running.length; count < wanted; count += 1) {
    if (pods.make(job, podOf(job)) !== null) break
  }
  hands.kube.putStatus({ ...job, status: statusOf(hands, job, succeeded, left === 0) }, MANAGER)
}

/** A pod that has succeeded still counts when it was removed afterwards. */
function succeededOf({ kube }: Hands, job: KubeObject): number {
  const ended = kube.owned(job.metadata.uid ?? '').filter((pod) => textAt(pod, 'status', 'phase') === 'Succeeded')
  return Math.max(ended.length, numberAt(job, 0, 'status', 'succeeded'))
}

function statusOf(hands: Hands, job: KubeObject, succeeded: number, complete: boolean): JsonObject {
  const active = activePods(hands, job)
  const now = kubeTime(hands.kube.now())
  const end = {
    status: 'True',
    reason: 'CompletionsReached',
    message: 'Reached expected number of succeeded pods',
  } as const
  const conditions = [
    { type: 'SuccessCriteriaMet', ...end },
    { type: 'Complete', ...end },
  ]
  return {
    ...withoutZeros({ active: active.length, succeeded }),
    ready: readyOf(active),
    terminating: 0,
    uncountedTerminatedPods: {},
    startTime: textAt(job, 'status', 'startTime') ?? now,
    ...(complete ? { completionTime: now, conditions: dated(job, conditions, hands.kube.now()) } : {}),
  }
}

function podOf(job: KubeObject): KubeObject {
  const { name, uid = '' } = job.metadata
  const template = objectAt(job, 'spec', 'template')
  return podFrom(job, template, {
    labels: {
      'batch.kubernetes.io/controller-uid': uid,
      'batch.kubernetes.io/job-name': name,
      'controller-uid': uid,
      'job-name': name,
    },
  })
}
