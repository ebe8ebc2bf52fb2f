import { podStatus } from '../kube-server/istio/running-pods.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, textAt, valueAt } from '../kube-server/kube-object.ts'
import { endpointSlice } from '../kube-server/istio/running-pods.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { calledServices } from './called-services.ts'
import { newTrouble } from './lasting.ts'
import { lossesSince } from './losses.ts'
import type { Trouble } from './trouble.ts'
import { ISTIO_NAMESPACE, REGISTRATION, type TroubleParts } from './trouble-parts.ts'

const CONTROLLER = 'kubelet'

/** Every istiod of the control plane that serves new pods becomes not ready, and stays so until it ends. */
export function newIstiodDies(parts: TroubleParts): Trouble {
  const { kube } = parts
  let dead: string | null = null
  return newTrouble({
    name: 'istiod-dies',
    label: 'istiod dies',
    now: parts.now,
    losses: () => lossesSince(parts),
    bites: () => {
      const plane = servingPlane(kube)
      return plane
        ? `all istiods of ${plane} stop answering: new pods of tenants are refused, running ones go on`
        : null
    },
    begin: async () => {
      dead = servingPlane(kube)
      if (dead) setReady(kube, dead, false)
      return dead !== null
    },
    finish: async () => {
      if (dead) setReady(kube, dead, true)
      dead = null
    },
  })
}

/** The Service that live injectors call most; null where none is served. */
function servingPlane(kube: KubeServer): string | null {
  const services = calledServices(kube.list(REGISTRATION, 'MutatingWebhookConfiguration')).map((service) =>
    planeOf(kube, service),
  )
  const counts = Map.groupBy(services, (name) => name)
  const [most] = [...counts].toSorted(([, a], [, b]) => b.length - a.length)
  return most && kube.get('apps/v1', 'Deployment', most[0], ISTIO_NAMESPACE) ? most[0] : null
}

/** A tag's Service selects the istiods of its revision. */
function planeOf(kube: KubeServer, service: string): string {
  const revision = textAt(kube.get('v1', 'Service', service, ISTIO_NAMESPACE), 'spec', 'selector', 'istio.io/rev')
  return revision === undefined || revision === 'default' ? 'istiod' : `istiod-${revision}`
}

function setReady(kube: KubeServer, plane: string, ready: boolean): void {
  const revision = plane === 'istiod' ? 'default' : plane.slice('istiod-'.length)
  const pods = kube
    .list('v1', 'Pod', ISTIO_NAMESPACE)
    .filter(({ metadata: { labels = {} } }) => labels['app'] === 'istiod' && labels['istio.io/rev'] === revision)
  for (const pod of pods) kube.put(withReadiness(pod, ready), CONTROLLER)
  const deployment = kube.get('apps/v1', 'Deployment', plane, ISTIO_NAMESPACE)
  if (deployment) {
    const replicas = pods.length
    const readyReplicas = ready ? replicas : 0
    const status = { replicas, readyReplicas, availableReplicas: readyReplicas, updatedReplicas: replicas }
    kube.put({ ...deployment, status }, 'kube-controller-manager')
  }
  for (const service of kube.list('v1', 'Service', ISTIO_NAMESPACE)) renewSlice(kube, service, revision)
}

function renewSlice(kube: KubeServer, service: KubeObject, revision: string): void {
  const selector = valueAt(service, 'spec', 'selector')
  if (textAt(selector, 'app') !== 'istiod' || textAt(selector, 'istio.io/rev') !== revision) return
  const pods = kube
    .list('v1', 'Pod', ISTIO_NAMESPACE)
    .filter(({ metadata: { labels = {} } }) => labels['app'] === 'istiod' && labels['istio.io/rev'] === revision)
  kube.put(endpointSlice(service, pods), 'kube-controller-manager')
}

function withReadiness(pod: KubeObject, ready: boolean): KubeObject {
  return { ...pod, status: podStatus(textAt(pod, 'status', 'podIP') ?? '', ready, listAt(pod, 'spec', 'containers')) }
}
