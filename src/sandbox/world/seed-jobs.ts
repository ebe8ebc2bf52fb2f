import { kubeTime } from '../kube-server/api.ts'
import { ownedBy, podStatus } from '../kube-server/istio/running-pods.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, objectAt, stringsAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { CONTROLLER } from './seed-pods.ts'

const RUN_MS = 90_000

export type PastRun = {
  /** Epoch ms at which it began. */
  readonly at: number
  readonly inject: (pod: KubeObject) => KubeObject
  readonly node: string
}

/** The last run of a stored CronJob, which has ended well, and the status that tells its controller so. */
export function seedLastRun(kube: KubeServer, cronJob: KubeObject, run: PastRun): void {
  const { name, namespace = '', labels = {} } = cronJob.metadata
  const spec = objectAt(cronJob, 'spec', 'jobTemplate', 'spec')
  // Rule: Kubernetes' CronJob controller names a Job by the minutes since 1970 of its scheduled time.
  const metadata = { name: `${name}-${Math.floor(run.at / 60_000)}`, namespace, labels }
  const job = ownedBy({ apiVersion: 'batch/v1', kind: 'Job', metadata, spec }, cronJob)
  seedFinishedJob(kube, job, run)
  const status = { lastScheduleTime: kubeTime(run.at), lastSuccessfulTime: kubeTime(run.at + RUN_MS) }
  kube.put({ ...cronJob, status }, CONTROLLER)
}

/** A Job that has done its work, and its pod. */
export function seedFinishedJob(kube: KubeServer, job: KubeObject, run: PastRun): void {
  const began = kubeTime(run.at)
  const ended = kubeTime(run.at + RUN_MS)
  const condition = { type: 'Complete', status: 'True', lastProbeTime: ended, lastTransitionTime: ended }
  const status = { startTime: began, completionTime: ended, succeeded: 1, ready: 0, conditions: [condition] }
  const stored = kube.put({ ...job, metadata: { ...job.metadata, creationTimestamp: began }, status }, CONTROLLER)
  const template = objectAt(stored, 'spec', 'template')
  const { name, namespace = '', uid = '' } = stored.metadata
  const pod: KubeObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${uid.replaceAll('-', '').slice(0, 5)}`,
      generateName: `${name}-`,
      namespace,
      labels: {
        ...stringsAt(template, 'metadata', 'labels'),
        'batch.kubernetes.io/job-name': name,
        'job-name': name,
        'batch.kubernetes.io/controller-uid': uid,
        'controller-uid': uid,
      },
      creationTimestamp: began,
    },
    spec: { ...objectAt(template, 'spec'), nodeName: run.node },
  }
  const injected = run.inject(ownedBy(pod, stored))
  const states = podStatus('10.244.250.2', false, [...listAt(injected, 'spec', 'containers')])
  kube.put({ ...injected, status: { ...states, phase: 'Succeeded' } }, CONTROLLER)
}
