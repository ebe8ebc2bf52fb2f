import { ownedBy, podStatus, podsOfDeployment } from '../istio/running-pods.ts'
import type { JsonObject, KubeObject } from '../kube-object.ts'
import { listAt, objectAt, textAt } from '../kube-object.ts'
import type { KubeServer } from '../server.ts'

export type SeedWorkload = {
  readonly namespace: string
  readonly name: string
  /** Default Deployment. */
  readonly kind?: 'Deployment' | 'StatefulSet' | 'DaemonSet'
  readonly replicas?: number
  /** On the workload: `team: payments`. */
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  /** On the pod template, beside `app`. */
  readonly podLabels?: Readonly<Record<string, string>>
  readonly podAnnotations?: Readonly<Record<string, string>>
  /** Further fields of the pod template's spec. */
  readonly podSpec?: JsonObject
  /** Whose sidecar the running pods carry; absent: they run without one. `inject` puts it into a pod. */
  readonly inject?: (pod: KubeObject) => KubeObject
  readonly ready?: boolean
}

/**
 * A workload and its running pods, without admission: say by `inject` which sidecar they carry. For pods as the live
 * webhooks would make them now, create them over HTTP instead.
 */
export function seedWorkload(server: KubeServer, options: SeedWorkload): KubeObject[] {
  const { namespace, name, kind = 'Deployment', replicas = 2, ready = true } = options
  const app = { app: name }
  const template = {
    metadata: { labels: { ...app, ...options.podLabels }, annotations: { ...options.podAnnotations } },
    spec: {
      containers: [
        {
          name: 'app',
          image: `registry.example.com/${name}:1.0.0`,
          ports: [{ containerPort: 8080, protocol: 'TCP' }],
          resources: { requests: { cpu: '50m', memory: '64Mi' } },
        },
      ],
      ...options.podSpec,
    },
  }
  const account = textAt(template.spec, 'serviceAccountName')
  if (account && !server.get('v1', 'ServiceAccount', account, namespace)) {
    server.put({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: account, namespace } })
  }
  const workload = server.put({
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      name,
      namespace,
      labels: { ...app, ...options.labels },
      ...(options.annotations ? { annotations: options.annotations } : {}),
    },
    spec: { ...(kind === 'DaemonSet' ? {} : { replicas }), selector: { matchLabels: app }, template },
    status: statusOf(kind, replicas, ready),
  })
  return runPods(server, workload, options, replicas, ready)
}

function runPods(
  server: KubeServer,
  workload: KubeObject,
  options: SeedWorkload,
  replicas: number,
  ready: boolean,
): KubeObject[] {
  const controller = 'kube-controller-manager'
  const running = podsOfDeployment(workload, ready, replicas)
  const owner = workload.kind === 'Deployment' ? server.put(running.replicaSet, controller) : workload
  return running.pods.map((pod, index) => {
    const named = workload.kind === 'StatefulSet' ? renamed(pod, `${workload.metadata.name}-${index}`) : pod
    const injected = options.inject ? options.inject(named) : named
    const address = textAt(named, 'status', 'podIP') ?? ''
    const containers = [...listAt(injected, 'spec', 'containers')]
    const status = { ...objectAt(named, 'status'), ...podStatus(address, ready, containers) }
    return server.put(ownedBy({ ...injected, status }, owner), controller)
  })
}

function renamed(pod: KubeObject, name: string): KubeObject {
  return { ...pod, metadata: { ...pod.metadata, name } }
}

function statusOf(kind: string, replicas: number, ready: boolean): JsonObject {
  const readyCount = ready ? replicas : 0
  if (kind === 'DaemonSet') {
    return { desiredNumberScheduled: replicas, currentNumberScheduled: replicas, numberReady: readyCount }
  }
  return { replicas, readyReplicas: readyCount, availableReplicas: readyCount, updatedReplicas: replicas }
}
