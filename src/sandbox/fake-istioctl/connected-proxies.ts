import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, textAt } from '../kube-server/kube-object.ts'
import { isReady } from '../kube-server/istiod.ts'
import type { Session } from './session.ts'

export type ConnectedProxy = {
  /** `cart-0.shop`. */
  readonly name: string
  readonly namespace: string
  /** The istiod pod that it holds on to. */
  readonly istiod: string
  readonly version: string
}

/**
 * The proxies at the running istiods of a revision (empty: of all), sorted by name; throws what istioctl prints when there
 * is no such istiod or one of them doesn't answer.
 */
export async function connectedProxies(session: Session, revision: string): Promise<readonly ConnectedProxy[]> {
  const { istioNamespace } = session.line
  const all = await session.kube().list('Pod', 'app=istiod', istioNamespace)
  const istiods = all.filter(
    (pod) => textAt(pod, 'status', 'phase') === 'Running' && (revision === '' || revisionOfIstiod(pod) === revision),
  )
  if (istiods.length === 0) throw new Error(`no running Istio pods in "${istioNamespace}"`)
  const silent = istiods.find((pod) => !isReady(pod))
  if (silent) throw unanswered(silent.metadata.name)
  const pods = await session.kube().list('Pod', '')
  const proxies = pods.flatMap((pod, index) => proxyOf(pod, istiods, index))
  return proxies.sort((a, b) => (a.name < b.name ? -1 : 1))
}

function unanswered(pod: string): Error {
  const why = 'connection error: desc = "transport: authentication handshake failed: EOF"'
  return new Error(
    `could not get XDS from discovery pod "${pod}": ADSC: failed running rpc error: code = Unavailable desc = ${why}`,
  )
}

function revisionOfIstiod(pod: KubeObject): string {
  return pod.metadata.labels?.['istio.io/rev'] ?? 'default'
}

/** Each proxy holds on to one istiod of the revision that injected it. */
function proxyOf(pod: KubeObject, istiods: readonly KubeObject[], index: number): ConnectedProxy[] {
  const { name, namespace = '', annotations, labels } = pod.metadata
  const status = annotations?.['sidecar.istio.io/status']
  if (status === undefined || textAt(pod, 'status', 'phase') !== 'Running') return []
  const revision = textAt(JSON.parse(status), 'revision') ?? labels?.['istio.io/rev'] ?? 'default'
  const peers = istiods.filter((istiod) => revisionOfIstiod(istiod) === revision)
  const istiod = peers[index % Math.max(1, peers.length)]
  if (!istiod) return []
  return [{ name: `${name}.${namespace}`, namespace, istiod: istiod.metadata.name, version: sidecarVersion(pod) }]
}

function sidecarVersion(pod: KubeObject): string {
  const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  const sidecar = containers.find((container) => textAt(container, 'name') === 'istio-proxy')
  return textAt(sidecar, 'image')?.split(':').at(-1) ?? ''
}
