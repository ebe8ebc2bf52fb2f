import { endpointSlice, ownedBy, podsOfDeployment } from '../istio/running-pods.ts'
import { objectAt, stringsAt, valueAt } from '../kube-object.ts'
import { matchesSelector } from '../selectors.ts'
import type { KubeServer } from '../server.ts'

export type SeedRunning = {
  readonly namespace: string
  readonly name: string
  readonly ready: boolean
  /** Default: the Deployment's replicas. */
  readonly count?: number
}

/** Gives a stored Deployment its ReplicaSet, pods and status, and every Service that selects them its EndpointSlice. */
export function seedRunning(server: KubeServer, options: SeedRunning): void {
  const { namespace, name, ready } = options
  const deployment = server.get('apps/v1', 'Deployment', name, namespace)
  if (!deployment) throw new Error(`no Deployment ${namespace}/${name} to run`)
  const running = podsOfDeployment(deployment, ready, options.count)
  const controller = 'kube-controller-manager'
  const replicaSet = server.put(running.replicaSet, controller)
  const pods = running.pods.map((pod) => server.put(ownedBy(pod, replicaSet), controller))
  const replicas = pods.length
  const readyReplicas = ready ? replicas : 0
  server.put(
    { ...deployment, status: { replicas, readyReplicas, availableReplicas: readyReplicas, updatedReplicas: replicas } },
    controller,
  )
  const labels = stringsAt(deployment, 'spec', 'template', 'metadata', 'labels')
  for (const service of server.list('v1', 'Service', namespace)) {
    const matchLabels = objectAt(service, 'spec', 'selector')
    if (Object.keys(matchLabels).length === 0 || !matchesSelector({ matchLabels }, labels)) continue
    const all = server.list('v1', 'Pod', namespace).filter((pod) => {
      return (
        matchesSelector({ matchLabels }, pod.metadata.labels ?? {}) && valueAt(pod, 'status', 'podIP') !== undefined
      )
    })
    server.put(endpointSlice(service, all), controller)
  }
}
