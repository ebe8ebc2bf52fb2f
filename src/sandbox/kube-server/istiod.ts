import type { KubeObject } from './kube-object.ts'
import { isJsonObject, listAt, stringsAt, textAt, valueAt } from './kube-object.ts'
import { builtInKinds } from './resource-kinds.ts'
import { matchesSelector } from './selectors.ts'
import type { Store } from './store.ts'

/** The istiod that answers a webhook call: what decides the sidecar it injects. */
export type Istiod = {
  readonly revision: string
  readonly version: string
  /** `docker.io/istio`. */
  readonly hub: string
  readonly namespace: string
  /** The Service's path, which may carry cluster and network. */
  readonly path: string
}

const kind = (name: string) => builtInKinds.find((one) => one.kind === name)
const POD = kind('Pod')
const SERVICE = kind('Service')
const SLICE = kind('EndpointSlice')
const CONFIG_MAP = kind('ConfigMap')

/**
 * Who answers a webhook entry, or the text of why nobody does, as the API server's HTTP client words it: no Service, no
 * ready endpoint, a caBundle that doesn't contain the root of this mesh.
 */
export function istiodBehind(store: Store, entry: unknown): Istiod | string {
  const timeout = `timeout=${Number(valueAt(entry, 'timeoutSeconds') ?? 10)}s`
  const url = textAt(entry, 'clientConfig', 'url')
  if (url) return `Post "${url}?${timeout}": dial tcp: lookup ${new URL(url).hostname}: no such host`
  const { name, namespace, path, port } = serviceOf(entry)
  const call = `Post "https://${name}.${namespace}.svc:${port}${path}?${timeout}"`
  const service = SERVICE && store.read(SERVICE, namespace, name)
  if (!service) return `${call}: service "${name}" not found`
  const ports = listAt(service, 'spec', 'ports').map((one) => valueAt(one, 'port'))
  if (!ports.includes(port)) return `${call}: no service port ${port} found for service "${name}"`
  const [pod] = readyPodsOf(store, service)
  if (!pod) return `${call}: no endpoints available for service "${name}"`
  if (!trusts(store, namespace, textAt(entry, 'clientConfig', 'caBundle'))) {
    return `${call}: tls: failed to verify certificate: x509: certificate signed by unknown authority`
  }
  return istiodOf(pod, path)
}

/** The Service that an entry's clientConfig names, with the API server's defaults. */
function serviceOf(entry: unknown) {
  const service = valueAt(entry, 'clientConfig', 'service')
  return {
    name: textAt(service, 'name') ?? '',
    namespace: textAt(service, 'namespace') ?? '',
    path: textAt(service, 'path') ?? '/',
    port: Number(valueAt(service, 'port') ?? 443),
  }
}

/** Ready pods that the Service selects; where EndpointSlices exist, only those which one of them lists as ready. */
function readyPodsOf(store: Store, service: KubeObject): KubeObject[] {
  const namespace = service.metadata.namespace ?? ''
  const selector = { matchLabels: stringsAt(service, 'spec', 'selector') }
  if (!POD || !SLICE || Object.keys(selector.matchLabels).length === 0) return []
  const pods = store
    .list(POD, namespace)
    .filter((pod) => matchesSelector(selector, pod.metadata.labels ?? {}) && isReady(pod))
  const slices = store
    .list(SLICE, namespace)
    .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === service.metadata.name)
  if (slices.length === 0) return pods
  const listed = new Set(slices.flatMap(readyTargets))
  return pods.filter((pod) => listed.has(pod.metadata.name))
}

export function isReady(pod: KubeObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (condition) => isJsonObject(condition) && condition['type'] === 'Ready' && condition['status'] === 'True',
  )
}

/** Revision and version of an istiod pod, from its own environment and image. */
export function istiodOf(pod: KubeObject, path: string): Istiod {
  const containers = listAt(pod, 'spec', 'containers')
  const discovery = containers.find((container) => textAt(container, 'name') === 'discovery') ?? containers[0]
  const revisionEnv = listAt(discovery, 'env').find((env) => textAt(env, 'name') === 'REVISION')
  return {
    revision: textAt(revisionEnv, 'value') ?? pod.metadata.labels?.['istio.io/rev'] ?? 'default',
    ...releaseOf(textAt(discovery, 'image') ?? ''),
    namespace: pod.metadata.namespace ?? 'istio-system',
    path,
  }
}

/** Hub and version in `HUB/pilot:VERSION`. */
function releaseOf(image: string): { version: string; hub: string } {
  const [, hub = 'docker.io/istio', version = 'unknown'] = /^(.*)\/[^/:]+:([^@]+)$/.exec(image) ?? []
  return { version, hub }
}

function readyTargets(slice: KubeObject): string[] {
  return listAt(slice, 'endpoints').flatMap((endpoint) => {
    const ready = valueAt(endpoint, 'conditions', 'ready') !== false
    return ready ? (textAt(endpoint, 'targetRef', 'name') ?? []) : []
  })
}

function trusts(store: Store, namespace: string, caBundle: string | undefined): boolean {
  const root = CONFIG_MAP && store.read(CONFIG_MAP, namespace, 'istio-ca-root-cert')
  const pem = textAt(root, 'data', 'root-cert.pem')
  if (!caBundle) return false
  return pem === undefined || Buffer.from(caBundle, 'base64').toString().includes(pem.trim())
}
