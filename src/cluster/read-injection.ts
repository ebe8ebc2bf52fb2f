import type { Mesh } from '../istio/mesh.ts'
import type { ConfigMap, KubeObject, Service, WebhookConfiguration } from '../istio/objects.ts'
import { fromEndpoints, fromSlices } from './endpoints.ts'
import type { KubeHttp } from './kube-http.ts'
import { listAll } from './list-pages.ts'
import { firstServed, type PartReader } from './read-parts.ts'
import { ownedObject, slimObject, workloadOf } from './reduce.ts'
import { foreignServices } from './webhook-services.ts'

export type InjectionPart = Pick<
  Mesh,
  'mutatingWebhooks' | 'validatingWebhooks' | 'namespaces' | 'services' | 'endpoints' | 'configMaps'
>
const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1'
const whole = (object: KubeObject): KubeObject => object

/** What injection rests on: webhooks, namespaces, Services and endpoints that injectors lead to, Istio's ConfigMaps. */
export async function readInjectionPart(
  http: KubeHttp,
  istioNamespace: string,
  parts: PartReader,
): Promise<InjectionPart> {
  const inIstio = `/api/v1/namespaces/${istioNamespace}`
  const list = (path: string) => listAll(http, path, whole)
  // A list waits up to a tenth of a second for a consistent answer (ConsistentListFromCache): all of them wait together.
  const mutating = parts.read('mutatingWebhooks', [], () => list(`${WEBHOOKS}/mutatingwebhookconfigurations`))
  const validating = parts.read('validatingWebhooks', [], () => list(`${WEBHOOKS}/validatingwebhookconfigurations`))
  const elsewhere = Promise.all([mutating, validating]).then((both) => foreignServices(both.flat(), istioNamespace))
  const [mutatingWebhooks, validatingWebhooks, namespaces, configMaps, services, endpoints] = await Promise.all([
    mutating,
    validating,
    parts.read('namespaces', [], () => listAll(http, '/api/v1/namespaces', slimObject)),
    parts.read('configMaps', [], () => listAll(http, `${inIstio}/configmaps`, ownedObject)),
    parts.read('services', [], () =>
      both(
        list(`${inIstio}/services`),
        elsewhere.then((named) => readEach(http, named)),
      ),
    ),
    parts.read('endpoints', [], () =>
      both(
        readEndpoints(http, [istioNamespace]),
        elsewhere.then((named) => readEndpoints(http, namespacesOf(named))),
      ),
    ),
  ])
  return {
    mutatingWebhooks: mutatingWebhooks as readonly WebhookConfiguration[],
    validatingWebhooks: validatingWebhooks as readonly WebhookConfiguration[],
    namespaces,
    services: services as readonly Service[],
    endpoints,
    configMaps: (configMaps as readonly ConfigMap[]).filter((one) => isIstioConfig(one.metadata.name)),
  }
}

async function both<T>(one: Promise<readonly T[]>, other: Promise<readonly T[]>): Promise<readonly T[]> {
  return (await Promise.all([one, other])).flat()
}

function isIstioConfig(name: string): boolean {
  return /^(istio|values)(-|$)/.test(name)
}

function namespacesOf(services: readonly { readonly namespace: string }[]): readonly string[] {
  return [...new Set(services.map((one) => one.namespace))]
}

async function readEach(
  http: KubeHttp,
  services: readonly { readonly namespace: string; readonly name: string }[],
): Promise<readonly KubeObject[]> {
  const found = await Promise.all(
    services.map(({ namespace, name }) =>
      firstServed([
        async () =>
          (await http.json({ method: 'GET', path: `/api/v1/namespaces/${namespace}/services/${name}` })) as KubeObject,
      ]),
    ),
  )
  return found.filter((one) => one !== null)
}

/** EndpointSlices; core/v1 Endpoints where those aren't served (Kubernetes before 1.21). */
async function readEndpoints(http: KubeHttp, namespaces: readonly string[]): Promise<Mesh['endpoints']> {
  const perNamespace = namespaces.map((namespace) =>
    firstServed([
      async () =>
        fromSlices(await listAll(http, `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, whole)),
      async () => fromEndpoints(await listAll(http, `/api/v1/namespaces/${namespace}/endpoints`, whole)),
    ]),
  )
  return (await Promise.all(perNamespace)).flatMap((one) => one ?? [])
}

/** The control planes: Deployments of the Istio namespace, with who wrote them. */
export async function readDeployments(http: KubeHttp, istioNamespace: string): Promise<Mesh['workloads']> {
  const path = `/apis/apps/v1/namespaces/${istioNamespace}/deployments`
  return listAll(http, path, (one) => workloadOf(one, { managedFields: true }))
}
