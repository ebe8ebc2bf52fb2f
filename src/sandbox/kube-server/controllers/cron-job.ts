import { kubeTime } from '../api.ts'
import { ownerReference } from '../istio/running-pods.ts'
import type { KubeObject } from '../kube-object.ts'
import { objectAt, textAt, valueAt } from '../kube-object.ts'
import type { Controller, Hands } from './controller.ts'
import { MANAGER, find, keyOf, numberAt, ownAndOwned } from './controller.ts'
import { latestDue, parseCron } from './cron.ts'
import { isComplete } from './job.ts'

const LOOK_EVERY_MS = 1000
const MINUTE = 60_000

/**
 * Starts Jobs by the calendar. It looks each second of machine time and starts only the latest Job that is due: on a fast
 * calendar many are missed, as the real controller misses them after a standstill.
 */
export function cronJobController(hands: Hands): Controller {
  const reconcile = (key: string): void => {
    const cronJob = find(hands, 'batch/v1', 'CronJob', key)
    if (!cronJob) return
    startDue(hands, cronJob)
    forgetOldest(hands, cronJob)
    writeStatus(hands, key)
  }
  const lookAtAll = (): void => {
    for (const cronJob of hands.kube.list('batch/v1', 'CronJob')) reconcile(keyOf(cronJob))
    hands.work.later('cronjobs', LOOK_EVERY_MS, false, lookAtAll)
  }
  hands.work.later('cronjobs', LOOK_EVERY_MS, false, lookAtAll)
  return { name: 'cronjob', concerns: ownAndOwned('cronjobs.batch', 'CronJob', 'jobs.batch'), reconcile }
}

function startDue(hands: Hands, cronJob: KubeObject): void {
  if (valueAt(cronJob, 'spec', 'suspend') === true) return
  const since = textAt(cronJob, 'status', 'lastScheduleTime') ?? cronJob.metadata.creationTimestamp ?? ''
  const schedule = parseCron(textAt(cronJob, 'spec', 'schedule') ?? '')
  const due = latestDue(schedule, Date.parse(since), hands.calendar())
  if (due === null) return
  const active = jobsOf(hands, cronJob).filter((job) => !isComplete(job))
  const policy = textAt(cronJob, 'spec', 'concurrencyPolicy')
  if (policy === 'Forbid' && active.length > 0) return
  if (policy === 'Replace') for (const job of active) removeJob(hands, job)
  hands.kube.put(jobOf(cronJob, due), MANAGER)
  const status = { ...objectAt(cronJob, 'status'), lastScheduleTime: kubeTime(due) }
  hands.kube.putStatus({ ...cronJob, status }, MANAGER)
}

function jobOf(cronJob: KubeObject, due: number): KubeObject {
  const { name, namespace = '' } = cronJob.metadata
  const template = objectAt(cronJob, 'spec', 'jobTemplate')
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      ...objectAt(template, 'metadata'),
      name: `${name}-${due / MINUTE}`,
      namespace,
      ownerReferences: [ownerReference(cronJob)],
    },
    spec: objectAt(template, 'spec'),
  }
}

/** Finished Jobs beyond the history limit go, the oldest first; their pods go with them. */
function forgetOldest(hands: Hands, cronJob: KubeObject): void {
  const finished = jobsOf(hands, cronJob).filter(isComplete)
  const limit = numberAt(cronJob, 3, 'spec', 'successfulJobsHistoryLimit')
  for (const job of finished.slice(0, Math.max(0, finished.length - limit))) removeJob(hands, job)
}

function writeStatus(hands: Hands, key: string): void {
  const cronJob = find(hands, 'batch/v1', 'CronJob', key)
  if (!cronJob) return
  const jobs = jobsOf(hands, cronJob)
  const active = jobs
    .filter((job) => !isComplete(job))
    .map(({ apiVersion, kind, metadata }) => {
      const { name, namespace, uid, resourceVersion } = metadata
      return { apiVersion, kind, name, namespace, uid, resourceVersion }
    })
  const { active: _active, ...rest } = objectAt(cronJob, 'status')
  const ended = jobs.filter(isComplete).at(-1)
  const last = textAt(ended, 'status', 'completionTime') ?? textAt(rest, 'lastSuccessfulTime')
  const status = {
    ...rest,
    ...(active.length === 0 ? {} : { active }),
    ...(last === undefined ? {} : { lastSuccessfulTime: last }),
  }
  hands.kube.putStatus({ ...cronJob, status }, MANAGER)
}

/** Oldest first: the time is part of their names. */
function jobsOf({ kube }: Hands, cronJob: KubeObject): KubeObject[] {
  const jobs = kube.owned(cronJob.metadata.uid ?? '').filter((object) => object.kind === 'Job')
  return jobs.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
}

function removeJob({ kube }: Hands, job: KubeObject): void {
  kube.remove('batch/v1', 'Job', job.metadata.name, job.metadata.namespace)
}
