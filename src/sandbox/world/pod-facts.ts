import { isReady } from '../kube-server/istiod.ts'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { listAt, textAt } from '../kube-server/kube-object.ts'

/** What counts of a pod that runs, or that is still connected to its istiod. */
export type PodFacts = {
  readonly namespace: string
  /** `payments/payments-api`: the namespace and the label `app`. */
  readonly workload: string
  /** Of its sidecar; null without one. */
  readonly sidecar: { readonly version: string; readonly revision: string } | null
  readonly running: boolean
  readonly ready: boolean
}

const STATUS = 'sidecar.istio.io/status'

/** Null for a pod that counts nowhere: not begun yet, or finished. One that is finished and still ready has a sidecar that runs on. */
export function factsOf(pod: KubeObject): PodFacts | null {
  const running = textAt(pod, 'status', 'phase') === 'Running'
  const ready = isReady(pod)
  if (!running && !ready) return null
  const { namespace = '', name, labels } = pod.metadata
  return {
    namespace,
    workload: `${namespace}/${labels?.['app'] ?? name}`,
    sidecar: sidecarIn(pod),
    running,
    ready,
  }
}

/** By what runs: the image of istio-proxy, and the revision that its injector noted. */
export function sidecarIn(pod: KubeObject): PodFacts['sidecar'] {
  const status = pod.metadata.annotations?.[STATUS]
  const containers = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  const proxy = containers.find((container) => textAt(container, 'name') === 'istio-proxy')
  if (proxy === undefined) return null
  return { version: versionIn(textAt(proxy, 'image') ?? ''), revision: revisionIn(pod, status) }
}

function revisionIn(pod: KubeObject, status: string | undefined): string {
  const noted = status === undefined ? undefined : textAt(JSON.parse(status), 'revision')
  return noted ?? pod.metadata.annotations?.['istio.io/rev'] ?? pod.metadata.labels?.['istio.io/rev'] ?? 'unknown'
}

/** `1.30.0` in `docker.io/istio/proxyv2:1.30.0-distroless@sha256:…`. */
export function versionIn(image: string): string {
  return /:v?(\d+\.\d+\.\d+[^@-]*)/.exec(image)?.[1] ?? 'unknown'
}
