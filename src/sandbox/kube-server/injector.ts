import type { Istiod } from './istiod.ts'
import type { JsonObject, KubeObject } from './kube-object.ts'
import { isJsonObject, listAt, objectAt, textAt } from './kube-object.ts'

/** Whether istio-proxy becomes a native sidecar (an init container that stays). `auto` asks the nodes' kubelets. */
export type InjectorChoice = { readonly nativeSidecars: boolean }

const STATUS = 'sidecar.istio.io/status'
const IGNORED_NAMESPACES = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'])
const VOLUMES = ['workload-socket', 'credential-socket', 'workload-certs', 'istio-envoy', 'istio-data', 'istio-podinfo']
const LATER_VOLUMES = ['istio-token', 'istiod-ca-cert']

/**
 * What istiod's injector makes of a pod; the same object when it answers without a patch. A pod that another injector
 * has been at is stripped of that one's containers first, so that the last revision wins, as in Istio since 1.9.
 */
export function inject(pod: KubeObject, istiod: Istiod, choice: InjectorChoice): KubeObject {
  if (!wantsInjection(pod)) return pod
  const clean = stripped(pod)
  const annotations = clean.metadata.annotations ?? {}
  const gateway = (annotations['inject.istio.io/templates'] ?? '').split(',').includes('gateway')
  return gateway ? asGateway(clean, istiod) : withSidecar(clean, istiod, isNative(annotations, istiod, choice))
}

function wantsInjection(pod: KubeObject): boolean {
  if (objectAt(pod, 'spec')['hostNetwork'] === true) return false
  if (IGNORED_NAMESPACES.has(pod.metadata.namespace ?? '')) return false
  const asked =
    pod.metadata.labels?.['sidecar.istio.io/inject'] ?? pod.metadata.annotations?.['sidecar.istio.io/inject']
  return asked === undefined || !['false', 'n', 'no', 'off'].includes(asked)
}

function isNative(annotations: Readonly<Record<string, string>>, istiod: Istiod, choice: InjectorChoice): boolean {
  const asked = annotations['sidecar.istio.io/nativeSidecar']
  if (asked !== undefined) return asked === 'true'
  return choice.nativeSidecars && minorOf(istiod.version) >= 27
}

function withSidecar(pod: KubeObject, istiod: Istiod, native: boolean): KubeObject {
  const spec = objectAt(pod, 'spec')
  const image = pod.metadata.annotations?.['sidecar.istio.io/proxyImage'] ?? `${istiod.hub}/proxyv2:${istiod.version}`
  const init = { name: 'istio-init', image, args: ['istio-iptables', '-p', '15001', '-z', '15006', '-u', '1337'] }
  const proxy = proxyContainer(pod, istiod, image)
  const initContainers = native ? [init, { ...proxy, restartPolicy: 'Always' }] : [init]
  const volumes = [...VOLUMES, ...LATER_VOLUMES].map((name) => ({ name, emptyDir: {} }))
  const names = {
    initContainers: initContainers.map((container) => container.name),
    containers: native ? [] : ['istio-proxy'],
  }
  return {
    ...pod,
    metadata: { ...pod.metadata, ...injectedMetadata(pod, istiod, names) },
    spec: {
      ...spec,
      containers: [...listAt(spec, 'containers'), ...(native ? [] : [proxy])],
      initContainers: [...initContainers, ...listAt(spec, 'initContainers')],
      volumes: [...volumes, ...listAt(spec, 'volumes')],
    },
  }
}

/** A gateway's template brings its own istio-proxy with image `auto`: istiod fills in the image. */
function asGateway(pod: KubeObject, istiod: Istiod): KubeObject {
  const spec = objectAt(pod, 'spec')
  const proxy = proxyContainer(pod, istiod, `${istiod.hub}/proxyv2:${istiod.version}`)
  const containers = listAt(spec, 'containers').map((container) => {
    if (!isJsonObject(container) || container['name'] !== 'istio-proxy') return container
    const auto = container['image'] === 'auto' || container['image'] === undefined
    return { ...proxy, ...container, image: auto ? proxy.image : container['image'] }
  })
  const names = { initContainers: [], containers: ['istio-proxy'] }
  const metadata = injectedMetadata(pod, istiod, names)
  const labels = { ...metadata.labels, 'istio.io/rev': istiod.revision }
  return { ...pod, metadata: { ...pod.metadata, ...metadata, labels }, spec: { ...spec, containers } }
}

type Names = { readonly initContainers: readonly string[]; readonly containers: readonly string[] }

/** The marks that each generation of istiod leaves (1.7–1.10 a label, from 1.11 the status, from 1.18 an annotation). */
function injectedMetadata(pod: KubeObject, istiod: Istiod, names: Names) {
  const minor = minorOf(istiod.version)
  const first = textAt(listAt(pod, 'spec', 'containers')[0], 'name') ?? ''
  return {
    labels: {
      ...pod.metadata.labels,
      ...(minor <= 10 ? { 'istio.io/rev': istiod.revision } : {}),
      'security.istio.io/tlsMode': 'istio',
      ...canonicalLabels(pod),
    },
    annotations: {
      ...pod.metadata.annotations,
      'kubectl.kubernetes.io/default-container': first,
      'kubectl.kubernetes.io/default-logs-container': first,
      ...(minor >= 18 ? { 'istio.io/rev': istiod.revision } : {}),
      [STATUS]: JSON.stringify(injectionStatus(istiod, names)),
    },
  }
}

/** The canonical service: the recommended labels, else the old short ones, else the pod itself. */
function canonicalLabels(pod: KubeObject) {
  const labels = pod.metadata.labels ?? {}
  return {
    'service.istio.io/canonical-name': labels['app.kubernetes.io/name'] ?? labels['app'] ?? pod.metadata.name,
    'service.istio.io/canonical-revision': labels['app.kubernetes.io/version'] ?? labels['version'] ?? 'latest',
  }
}

/** What the status annotation holds: everything that was added, so that another injector can take it out again. */
function injectionStatus(istiod: Istiod, { initContainers, containers }: Names) {
  const minor = minorOf(istiod.version)
  return {
    ...(minor <= 8 ? { version: 'b6ea6ef6ee6ea0a4d6a58d1a1e0b1f2c0e9a0a0c8d9c3b1a7c5c2b3d1e0f9a8b' } : {}),
    initContainers: initContainers.length > 0 ? initContainers : null,
    containers: containers.length > 0 ? containers : null,
    volumes: [...VOLUMES, ...LATER_VOLUMES],
    imagePullSecrets: null,
    ...(minor >= 11 ? { revision: istiod.revision } : {}),
  }
}

function proxyContainer(pod: KubeObject, istiod: Istiod, image: string) {
  const service = istiod.revision === 'default' ? 'istiod' : `istiod-${istiod.revision}`
  const address = `${service}.${istiod.namespace}.svc:15012`
  return {
    name: 'istio-proxy',
    image,
    args: ['proxy', 'sidecar', '--domain', '$(POD_NAMESPACE).svc.cluster.local'],
    ports: [{ containerPort: 15090, name: 'http-envoy-prom', protocol: 'TCP' }],
    env: [
      { name: 'PILOT_CERT_PROVIDER', value: 'istiod' },
      { name: 'CA_ADDR', value: address },
      { name: 'PROXY_CONFIG', value: `${JSON.stringify({ discoveryAddress: address })}\n` },
      { name: 'ISTIO_META_CLUSTER_ID', value: clusterOf(istiod.path) },
      { name: 'ISTIO_META_WORKLOAD_NAME', value: pod.metadata.labels?.['app'] ?? pod.metadata.name },
      { name: 'TRUST_DOMAIN', value: 'cluster.local' },
    ],
    resources: { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '100m', memory: '128Mi' } },
    securityContext: { runAsUser: 1337, runAsGroup: 1337, runAsNonRoot: true, readOnlyRootFilesystem: true },
  }
}

/** `/inject/cluster/one/net/two` names the cluster; plain `/inject` is the default one. */
function clusterOf(path: string): string {
  return /\/cluster\/([^/]+)/.exec(path)?.[1] ?? 'Kubernetes'
}

function stripped(pod: KubeObject): KubeObject {
  const text = pod.metadata.annotations?.[STATUS]
  if (text === undefined) return pod
  const status: unknown = JSON.parse(text)
  const names = (field: string): unknown[] => listAt(status, field)
  const keep = (field: string, gone: readonly unknown[]): unknown[] =>
    listAt(pod, 'spec', field).filter((item) => !isJsonObject(item) || !gone.includes(item['name']))
  const spec: JsonObject = {
    ...objectAt(pod, 'spec'),
    containers: keep('containers', names('containers')),
    initContainers: keep('initContainers', names('initContainers')),
    volumes: keep('volumes', names('volumes')),
  }
  const { [STATUS]: _status, ...annotations } = pod.metadata.annotations ?? {}
  return { ...pod, metadata: { ...pod.metadata, annotations }, spec }
}

/** 27 for `1.27.3`; a version that can't be read counts as new. */
function minorOf(version: string): number {
  return Number(/^v?\d+\.(\d+)/.exec(version)?.[1] ?? 99)
}
