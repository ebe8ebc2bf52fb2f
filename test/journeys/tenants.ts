import { sleep } from '../../src/kernel/retry.ts'
import type { KubeObject } from '../../src/sandbox/kube-server/kube-object.ts'
import type { KubeServer } from '../../src/sandbox/kube-server/server.ts'
import { probePod, testClient } from '../../src/sandbox/kube-server/test-client.ts'

/** What a new pod would get, as the API server says: a revision, `none`, or `refused: …`. */
type Given = string

/** What tenants notice, asked of the API server and never of Meshferry. */
export type Tenants = {
  /** What a pod that is created now would get. */
  readonly now: (namespace: string, labels?: Readonly<Record<string, string>>) => Promise<Given>
  /** What new pods of a namespace got since the beginning, each answer once where it repeats. */
  readonly seen: (namespace: string) => readonly Given[]
  /** uid and resourceVersion of every tenant's pod: untouched means equal. */
  readonly pods: () => readonly string[]
  readonly stop: () => Promise<void>
}

const EVERY_MS = 150

/** Asks for a dry-run pod in each namespace again and again, from now until `stop`. */
export function watchTenants(kube: KubeServer, namespaces: readonly string[]): Tenants {
  const ending = new AbortController()
  const seen = new Map<string, Given[]>(namespaces.map((namespace) => [namespace, []]))
  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      for (const namespace of namespaces) note(seen.get(namespace) ?? [], await ask(kube, namespace))
      await sleep(EVERY_MS, ending.signal)
    }
  }
  const ended = loop()
  return {
    now: (namespace, labels = {}) => ask(kube, namespace, labels),
    seen: (namespace) => seen.get(namespace) ?? [],
    pods: () =>
      namespaces.flatMap((namespace) =>
        kube.list('v1', 'Pod', namespace).map(({ metadata: { name, uid, resourceVersion } }) => {
          return `${namespace}/${name} ${uid ?? ''} ${resourceVersion ?? ''}`
        }),
      ),
    stop: async () => {
      ending.abort()
      await ended
    },
  }
}

function note(answers: Given[], given: Given): void {
  if (answers.at(-1) !== given) answers.push(given)
}

async function ask(kube: KubeServer, namespace: string, labels: Readonly<Record<string, string>> = {}): Promise<Given> {
  const path = `/api/v1/namespaces/${namespace}/pods?dryRun=All`
  try {
    const { code, body } = await testClient(kube).post(path, probePod({ ...labels }))
    if (code >= 400) return `refused: ${String(body['message'])}`
    return sidecarsOf(body)
  } catch {
    return 'refused: the API server is away'
  }
}

/** By the containers and the status annotation that the injector left, not by what labels ask for. */
function sidecarsOf(pod: KubeObject): Given {
  const status = pod.metadata.annotations?.['sidecar.istio.io/status']
  if (status === undefined) return 'none'
  const { revision } = JSON.parse(status) as { readonly revision?: string }
  const spec = pod['spec'] as { readonly containers: readonly Named[]; readonly initContainers?: readonly Named[] }
  const proxies = [...spec.containers, ...(spec.initContainers ?? [])].filter(({ name }) => name === 'istio-proxy')
  return proxies.length === 1 ? (revision ?? '') : `${proxies.length} sidecars`
}

type Named = { readonly name: string }
