import type { KubeObject } from '../../src/sandbox/kube-server/kube-object.ts'
import { seedWorkload } from '../../src/sandbox/kube-server/seed/seed-workload.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { NEW } from './redeploy.ts'

type Workload = { readonly namespace: string; readonly name: string }

/** A deploy that hangs: pods of a new ReplicaSet with the new sidecar stand beside the old ones. */
export function rollOut(kube: KubeServer, { namespace, name }: Workload, replicas: number): readonly KubeObject[] {
  return seedWorkload(kube, { namespace, name, replicas, podAnnotations: { release: '2' }, inject: NEW })
}

type Status = {
  readonly containerStatuses: readonly { readonly name: string }[]
  readonly conditions: readonly { readonly type: string }[]
}

/** One container of these pods crashes again and again, as the kubelet writes it into their status and into an Event. */
export function crash(kube: KubeServer, pods: readonly KubeObject[], container: string): void {
  for (const pod of pods) {
    const { containerStatuses, conditions } = pod['status'] as Status
    const waiting = { reason: 'CrashLoopBackOff', message: `back-off 5m0s restarting failed container=${container}` }
    const terminated = { exitCode: 1, reason: 'Error', finishedAt: new Date(kube.now()).toISOString() }
    const statuses = containerStatuses.map((one) =>
      one.name === container
        ? { ...one, ready: false, restartCount: 7, state: { waiting }, lastState: { terminated } }
        : one,
    )
    const others = conditions.filter(({ type }) => !type.endsWith('Ready'))
    const unready = ['ContainersReady', 'Ready'].map((type) => ({ type, status: 'False' }))
    const status = { ...(pod['status'] as Status), containerStatuses: statuses, conditions: [...others, ...unready] }
    kube.put({ ...pod, status })
    kube.put(backOff(kube, pod, container))
  }
}

function backOff(kube: KubeServer, { metadata }: KubeObject, container: string): KubeObject {
  const { name, namespace = '', uid = '' } = metadata
  const at = new Date(kube.now()).toISOString()
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.backoff`, namespace },
    involvedObject: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid, fieldPath: `spec.containers{${container}}` },
    reason: 'BackOff',
    message: `Back-off restarting failed container ${container} in pod ${name}`,
    type: 'Warning',
    count: 12,
    firstTimestamp: at,
    lastTimestamp: at,
    source: { component: 'kubelet' },
  }
}
