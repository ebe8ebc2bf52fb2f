import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../kernel/hash.ts'
import type { JsonObject, KubeObject, OwnerReference } from '../kube-object.ts'
import { listAt, objectAt, stringsAt, textAt, valueAt } from '../kube-object.ts'

export type Running = { readonly replicaSet: KubeObject; readonly pods: readonly KubeObject[] }

/**
 * The ReplicaSet and pods that a Deployment's controllers would make. The Deployment must have been stored (its uid is
 * the owner). Names depend only on the Deployment, its template and the pod's number, so a second run finds the first's.
 * The pods' ownerReferences lack the ReplicaSet's uid until `ownedBy` puts it in.
 */
export function podsOfDeployment(deployment: KubeObject, ready: boolean, count?: number): Running {
  const replicas = count ?? Number(valueAt(deployment, 'spec', 'replicas') ?? 1)
  const template = objectAt(deployment, 'spec', 'template')
  const hash = templateHash(template)
  const { name, namespace = 'default' } = deployment.metadata
  const labels = { ...stringsAt(template, 'metadata', 'labels'), 'pod-template-hash': hash }
  const replicaSetName = `${name}-${hash}`
  const replicaSet: KubeObject = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: replicaSetName, namespace, labels, ownerReferences: [ownerReference(deployment)] },
    spec: { replicas, selector: { matchLabels: labels }, template },
    status: { replicas, readyReplicas: ready ? replicas : 0, observedGeneration: 1 },
  }
  const pods = Array.from({ length: replicas }, (_, index): KubeObject => {
    const podName = `${replicaSetName}-${shortHash(`${replicaSetName}${index}`, 5)}`
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: podName,
        generateName: `${replicaSetName}-`,
        namespace,
        labels,
        annotations: stringsAt(template, 'metadata', 'annotations'),
      },
      spec: { ...objectAt(template, 'spec'), nodeName: 'node-1' },
      status: podStatus(addressOf(namespace, podName), ready, listAt(template, 'spec', 'containers')),
    }
  })
  return { replicaSet, pods }
}

/** `pod-template-hash` of a template: the same whatever order its keys were written in. */
export function templateHash(template: unknown): string {
  return shortHash(canonicalJson(template), 10)
}

export function ownedBy(pod: KubeObject, owner: KubeObject): KubeObject {
  return { ...pod, metadata: { ...pod.metadata, ownerReferences: [ownerReference(owner)] } }
}

export function ownerReference(owner: KubeObject): OwnerReference {
  const { name, uid = '' } = owner.metadata
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  }
}

/** Status of a running pod, or of one whose containers never become ready. */
export function podStatus(podIP: string, ready: boolean, containers: readonly unknown[]): JsonObject {
  const status = ready ? 'True' : 'False'
  const conditions = ['Initialized', 'PodScheduled'].map((type) => ({ type, status: 'True' }))
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: [...conditions, { type: 'ContainersReady', status }, { type: 'Ready', status }],
    containerStatuses: containers.map((container) => ({
      name: textAt(container, 'name') ?? '',
      image: textAt(container, 'image') ?? '',
      ready,
      restartCount: 0,
      state: { running: { startedAt: '2026-01-01T00:00:00Z' } },
    })),
  }
}

/** The EndpointSlice of a Service over pods; unready pods are in it, marked so, as in a real cluster. */
export function endpointSlice(service: KubeObject, pods: readonly KubeObject[]): KubeObject {
  const { name, namespace = 'default' } = service.metadata
  const endpoints = pods.map((pod) => {
    const ready = listAt(pod, 'status', 'conditions').some(
      (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
    )
    const address = textAt(pod, 'status', 'podIP') ?? ''
    const targetRef = { kind: 'Pod', name: pod.metadata.name, namespace, uid: pod.metadata.uid ?? '' }
    return { addresses: [address], conditions: { ready, serving: ready, terminating: false }, targetRef }
  })
  const ports = listAt(service, 'spec', 'ports').map((port) => ({
    name: textAt(port, 'name') ?? '',
    port: valueAt(port, 'targetPort') ?? valueAt(port, 'port'),
    protocol: 'TCP',
  }))
  const labels = {
    'kubernetes.io/service-name': name,
    'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
  }
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${name}-${shortHash(name, 5)}`,
      namespace,
      labels,
      ownerReferences: [ownerReference(service)],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  }
}

function addressOf(namespace: string, name: string): string {
  const bytes = createHash('sha256').update(`${namespace}/${name}`).digest()
  return `10.244.${bytes[0]}.${(bytes[1] ?? 0) % 254 || 1}`
}

function shortHash(text: string, length: number): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789'
  const bytes = createHash('sha256').update(text).digest()
  return [...bytes.subarray(0, length)].map((byte) => letters[byte % letters.length]).join('')
}
