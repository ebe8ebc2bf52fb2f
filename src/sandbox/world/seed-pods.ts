import { ownedBy, podStatus, podsOfDeployment } from '../kube-server/istio/running-pods.ts'
import type { JsonObject, KubeObject } from '../kube-server/kube-object.ts'
import { listAt, objectAt, textAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'

export const CONTROLLER = 'kube-controller-manager'

const REVISION = 'deployment.kubernetes.io/revision'

export type Running = {
  /** What puts the sidecar into a pod. */
  readonly inject: (pod: KubeObject) => KubeObject
  /** The node of the pod of this number. */
  readonly nodeOf: (index: number) => string
  readonly count: number
  /** creationTimestamp of the pods. */
  readonly since: string
}

/** Stores the pods that run for a stored workload, and the ReplicaSet of a Deployment: what its controllers would find right. */
export function seedPods(kube: KubeServer, workload: KubeObject, running: Running): void {
  const made = podsOfDeployment(workload, true, running.count)
  const owner = workload.kind === 'Deployment' ? seedReplicaSet(kube, made.replicaSet, running) : workload
  const hash = made.replicaSet.metadata.name.slice(workload.metadata.name.length + 1)
  for (const [index, pod] of made.pods.entries()) {
    seedPod(kube, ownedBy(named(workload, pod, index, hash), owner), index, running)
  }
}

/** Stores one running pod, with its sidecar. */
export function seedPod(kube: KubeServer, pod: KubeObject, index: number, running: Running): KubeObject {
  const injected = running.inject(pod)
  const nodeName = running.nodeOf(index)
  const address = addressOf(index, nodeName, pod)
  const containers = [...listAt(injected, 'spec', 'containers')]
  const status: JsonObject = { ...podStatus(address, true, containers), startTime: running.since }
  const metadata = { ...injected.metadata, creationTimestamp: running.since }
  const spec = { ...objectAt(injected, 'spec'), nodeName }
  return kube.put(
    { ...injected, metadata, spec, status: { ...status, initContainerStatuses: initStatuses(spec) } },
    CONTROLLER,
  )
}

function seedReplicaSet(kube: KubeServer, replicaSet: KubeObject, { count, since }: Running): KubeObject {
  const annotations = { [REVISION]: '1' }
  return kube.put(
    {
      ...replicaSet,
      metadata: { ...replicaSet.metadata, annotations, creationTimestamp: since },
      status: { ...objectAt(replicaSet, 'status'), availableReplicas: count, fullyLabeledReplicas: count },
    },
    CONTROLLER,
  )
}

/** Pods of StatefulSets and DaemonSets say by their own label which template they are of. */
function named(workload: KubeObject, pod: KubeObject, index: number, hash: string): KubeObject {
  const { 'pod-template-hash': _hash, ...labels } = pod.metadata.labels ?? {}
  const { generateName: _generated, ...metadata } = pod.metadata
  if (workload.kind === 'StatefulSet') {
    const name = `${workload.metadata.name}-${index}`
    const own = {
      'apps.kubernetes.io/pod-index': String(index),
      'controller-revision-hash': `${workload.metadata.name}-${hash}`,
      'statefulset.kubernetes.io/pod-name': name,
    }
    return { ...pod, metadata: { ...metadata, name, labels: { ...labels, ...own } } }
  }
  if (workload.kind !== 'DaemonSet') return pod
  const own = { 'controller-revision-hash': hash, 'pod-template-generation': '1' }
  const suffix = pod.metadata.name.split('-').at(-1) ?? ''
  const generated = { name: `${workload.metadata.name}-${suffix}`, generateName: `${workload.metadata.name}-` }
  return { ...pod, metadata: { ...metadata, ...generated, labels: { ...labels, ...own } } }
}

function addressOf(index: number, node: string, pod: KubeObject): string {
  return textAt(pod, 'status', 'podIP') ?? `10.244.${Number(/\d+$/.exec(node)?.[0] ?? 0)}.${(index % 250) + 2}`
}

/** A native sidecar is an init container that runs on; the others have done their work. */
function initStatuses(spec: JsonObject): JsonObject[] {
  return listAt(spec, 'initContainers').map((container) => ({
    name: textAt(container, 'name') ?? '',
    image: textAt(container, 'image') ?? '',
    ready: true,
    restartCount: 0,
    state: textAt(container, 'restartPolicy') === 'Always' ? { running: {} } : { terminated: { exitCode: 0 } },
  }))
}
