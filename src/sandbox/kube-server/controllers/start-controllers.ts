import type { StoreEvent } from '../history.ts'
import type { KubeObject } from '../kube-object.ts'
import type { KubeServer } from '../server.ts'
import { textAt } from '../kube-object.ts'
import { controllersLease } from '../controllers-lease.ts'
import { autoscalerController } from './autoscaler.ts'
import type { Controller, Hands } from './controller.ts'
import { MANAGER } from './controller.ts'
import { cronJobController } from './cron-job.ts'
import { daemonSetController } from './daemon-set.ts'
import { deploymentController } from './deployment.ts'
import { endpointSliceController } from './endpoint-slices.ts'
import { garbageController } from './garbage.ts'
import { jobController } from './job.ts'
import { kubelet } from './kubelet.ts'
import { NEVER_READY } from './never-ready.ts'
import { replicaSetController } from './replica-set.ts'
import { statefulSetController } from './stateful-set.ts'
import { newWork } from './work.ts'

export type ControllerOptions = {
  /** Machine ms from a pod's start to Ready; default 200. Infinity: never. */
  readonly readyMs?: (pod: KubeObject) => number
  /** Machine ms from the start of a pod that ends by itself (a Job's) to its end; default 1000. */
  readonly jobMs?: (pod: KubeObject) => number
  /** Epoch ms of the cluster's calendar, by which CronJobs start. */
  readonly calendar: () => number
}

export type Controllers = {
  /**
   * Resolves when nothing is left to do and no pod is on its way to Ready or to its end. CronJobs to come and pods that
   * are refused and tried again are not waited for.
   */
  readonly settled: () => Promise<void>
  readonly stop: () => void
}

/** Resources and kinds that are there from before, in an order in which owners come after what they count. */
const LOOKED_AT: readonly (readonly [string, string, string])[] = [
  ['v1', 'Pod', 'pods'],
  ['apps/v1', 'ReplicaSet', 'replicasets.apps'],
  ['apps/v1', 'StatefulSet', 'statefulsets.apps'],
  ['apps/v1', 'DaemonSet', 'daemonsets.apps'],
  ['apps/v1', 'Deployment', 'deployments.apps'],
  ['batch/v1', 'Job', 'jobs.batch'],
  ['batch/v1', 'CronJob', 'cronjobs.batch'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers.autoscaling'],
  ['v1', 'Service', 'services'],
]

/**
 * Lets the server's cluster run by itself: workloads roll their pods through the live webhooks, pods start and end, what
 * has no owner goes. A Lease in kube-system tells that they run. They act in later turns of the event loop, never within
 * the write they react to. Stop them before the server is closed.
 */
export function startControllers(kube: KubeServer, options: ControllerOptions): Controllers {
  const { readyMs = () => 200, jobMs = () => 1000, calendar } = options
  const work = newWork()
  const neverReady = (pod: KubeObject): boolean => textAt(pod, 'metadata', 'annotations', NEVER_READY) === 'true'
  const hands: Hands = {
    kube,
    work,
    calendar,
    jobMs,
    readyMs: (pod) => (neverReady(pod) ? Infinity : readyMs(pod)),
  }
  const controllers = controllersOf(hands)
  const see = (event: StoreEvent): void => {
    for (const controller of controllers) {
      for (const key of controller.concerns(event)) {
        work.soon(`${controller.name} ${key}`, () => controller.reconcile(key))
      }
    }
  }
  const stopListening = kube.listen(see)
  kube.put(controllersLease(), MANAGER)
  for (const [apiVersion, kind, resource] of LOOKED_AT) {
    for (const object of kube.list(apiVersion, kind)) {
      see({ type: 'ADDED', version: kube.resourceVersion(), resource, object, before: undefined })
    }
  }
  return {
    settled: work.settled,
    stop: () => {
      stopListening()
      work.stop()
      const { name, namespace } = controllersLease().metadata
      kube.remove('coordination.k8s.io/v1', 'Lease', name, namespace)
    },
  }
}

function controllersOf(hands: Hands): readonly Controller[] {
  return [
    kubelet(hands),
    replicaSetController(hands),
    statefulSetController(hands),
    daemonSetController(hands),
    deploymentController(hands),
    jobController(hands),
    cronJobController(hands),
    autoscalerController(hands),
    endpointSliceController(hands),
    garbageController(hands),
  ]
}
