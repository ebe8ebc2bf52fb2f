import type { KubeObject } from '../istio/objects.ts'
import type { ApiRoute } from '../ports/cluster.ts'
import { hostPorts, type HostPort } from './endpoints.ts'
import type { KubeHttp } from './kube-http.ts'
import { listAll } from './list-pages.ts'
import { firstServed } from './read-parts.ts'

const DIAL_MS = 3000
const whole = (object: KubeObject): KubeObject => object

/**
 * The API servers behind the Service default/kubernetes, dialled directly: /version, with a certificate of the kubeconfig's
 * authority and with our credentials. Each caches webhooks by itself, so a proof asks all of them; one that does not answer
 * while others do stays in the list as silent, since it may still admit pods by what it knew last. Kubernetes takes a dead
 * one out of the Service within 15 s. Empty where none can be dialled (a managed control plane, a proxy): then fresh
 * connections must do.
 */
export async function readApiRoutes(http: KubeHttp): Promise<readonly ApiRoute[]> {
  if (http.proxied) return []
  const pairs = hostPorts(await readKubernetesEndpoints(http))
  const answers = await Promise.all(pairs.map((pair) => answersVersion(http, pair)))
  if (!answers.some(Boolean)) return []
  return pairs.map((pair, index) => ({ kind: 'address', ...pair, ...(answers[index] ? {} : { silent: true }) }))
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
