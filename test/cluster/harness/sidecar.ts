import type { Pod } from './pod-types.ts'

/** The sidecar of a pod as the API server gave it back. The harness's own reading: it never asks the product's rules. */
export type Sidecar = {
  readonly revision: string
  /** Tag of the istio-proxy image. */
  readonly version: string
  readonly kind: 'native' | 'ordinary'
  /** More than one istio-proxy container. */
  readonly count: number
}

/** null: the pod has no istio-proxy at all. */
export function sidecarOf(pod: Pod): Sidecar | null {
  const isProxy = ({ name }: { readonly name: string }) => name === 'istio-proxy'
  const native = (pod.spec.initContainers ?? []).filter(isProxy)
  const ordinary = pod.spec.containers.filter(isProxy)
  const proxy = native[0] ?? ordinary[0]
  if (proxy === undefined) return null
  return {
    revision: revisionOf(pod),
    version: proxy.image.slice(proxy.image.lastIndexOf(':') + 1),
    kind: native.length > 0 ? 'native' : 'ordinary',
    count: native.length + ordinary.length,
  }
}

function revisionOf(pod: Pod): string {
  const { annotations = {}, labels = {} } = pod.metadata
  const status = JSON.parse(annotations['sidecar.istio.io/status'] ?? '{}') as { readonly revision?: string }
  return status.revision ?? annotations['istio.io/rev'] ?? labels['service.istio.io/canonical-revision'] ?? 'unknown'
}
