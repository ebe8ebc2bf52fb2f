import type { KubeObject } from '../istio/objects.ts'
import type { ApiRoute } from '../ports/cluster.ts'
import { hostPorts, type HostPort } from './endpoints.ts'
import type { KubeHttp } from './kube-http.ts'
import { listAll } from './list-pages.ts'
import { firstServed } from './read-parts.ts'

const DIAL_MS = 3000
const whole = (object: KubeObject): KubeObject => object

/**
 * The API servers behind the Service default/kubernetes that answer /version when dialled directly, with a certificate
 * of the kubeconfig's authority and with our credentials. Each caches webhooks by itself, so a proof asks all of them.
 * Empty where none can be dialled (a managed control plane, a proxy): then fresh connections must do.
 */
export async function readApiRoutes(http: KubeHttp): Promise<readonly ApiRoute[]> {
  if (http.proxied) return []
  const pairs = hostPorts(await readKubernetesEndpoints(http))
  const answers = await Promise.all(pairs.map((pair) => answersVersion(http, pair)))
  return pairs.filter((_pair, index) => answers[index]).map(({ host, port }) => ({ kind: 'address', host, port }))
}

async function readKubernetesEndpoints(http: KubeHttp): Promise<readonly KubeObject[]> {
  const slices = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices'
  const found = await firstServed<readonly KubeObject[]>([
    () => listAll(http, slices, whole, { labelSelector: 'kubernetes.io/service-name=kubernetes' }),
    () => listAll(http, '/api/v1/namespaces/default/endpoints', whole, { fieldSelector: 'metadata.name=kubernetes' }),
  ])
  return found ?? []
}

async function answersVersion(http: KubeHttp, { host, port }: HostPort): Promise<boolean> {
  const via: ApiRoute = { kind: 'address', host, port }
  try {
    const version = await http.json({ method: 'GET', path: '/version', via, deadlineMs: DIAL_MS })
    return typeof (version as { gitVersion?: unknown }).gitVersion === 'string'
  } catch {
    return false
  }
}
