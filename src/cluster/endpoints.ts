import type { KubeObject, ServiceEndpoints } from '../istio/objects.ts'

type Slice = KubeObject & {
  readonly endpoints?: readonly {
    readonly addresses?: readonly string[]
    readonly conditions?: { readonly ready?: boolean | null }
  }[]
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[]
}

type Endpoints = KubeObject & {
  readonly subsets?: readonly {
    readonly addresses?: readonly { readonly ip: string }[]
    readonly ports?: readonly { readonly name?: string; readonly port: number }[]
  }[]
}

/** Ready addresses by Service. An absent `ready` means ready (discovery.k8s.io/v1, EndpointConditions). */
export function fromSlices(slices: readonly KubeObject[]): readonly ServiceEndpoints[] {
  const byService = new Map<string, { namespace: string; service: string; addresses: Set<string> }>()
  for (const slice of slices) {
    const service = slice.metadata.labels?.['kubernetes.io/service-name']
    if (!service) continue
    const namespace = slice.metadata.namespace ?? ''
    const key = `${namespace}/${service}`
    const entry = byService.get(key) ?? { namespace, service, addresses: new Set<string>() }
    for (const address of readyAddresses(slice)) entry.addresses.add(address)
    byService.set(key, entry)
  }
  return [...byService.values()].map(({ namespace, service, addresses }) => ({
    namespace,
    service,
    readyAddresses: [...addresses].sort(),
  }))
}

function readyAddresses(slice: KubeObject): readonly string[] {
  const { endpoints } = slice as Slice
  return (endpoints ?? []).filter((one) => one.conditions?.ready !== false).flatMap((one) => one.addresses ?? [])
}

/** The same from core/v1 Endpoints, on Kubernetes before 1.21. */
export function fromEndpoints(objects: readonly KubeObject[]): readonly ServiceEndpoints[] {
  return objects.map((object) => ({
    namespace: object.metadata.namespace ?? '',
    service: object.metadata.name,
    readyAddresses: ((object as Endpoints).subsets ?? [])
      .flatMap((subset) => (subset.addresses ?? []).map((address) => address.ip))
      .sort(),
  }))
}

export type HostPort = { readonly host: string; readonly port: number }

/** Address and port pairs behind a Service, from slices (or Endpoints), without doubles. */
export function hostPorts(objects: readonly KubeObject[]): readonly HostPort[] {
  const pairs = objects.flatMap((object) => [...slicePairs(object as Slice), ...endpointPairs(object as Endpoints)])
  return [...new Map(pairs.map((pair) => [`${pair.host} ${pair.port}`, pair])).values()]
}

function slicePairs(slice: Slice): readonly HostPort[] {
  const port = slice.ports?.[0]?.port
  return port === undefined ? [] : readyAddresses(slice).map((host) => ({ host, port }))
}

function endpointPairs(endpoints: Endpoints): readonly HostPort[] {
  return (endpoints.subsets ?? []).flatMap((subset) => {
    const port = subset.ports?.[0]?.port
    return port === undefined ? [] : (subset.addresses ?? []).map(({ ip }) => ({ host: ip, port }))
  })
}
