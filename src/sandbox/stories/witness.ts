import { sleep } from '../../kernel/retry.ts'
import { listAt, textAt } from '../kube-server/kube-object.ts'
import type { KubeServer } from '../kube-server/server.ts'
import { tenantWrites } from '../trouble/touches.ts'
import { post } from './cluster-client.ts'
import { must } from './story.ts'

/** What tenants notice, asked of the API server again and again: the judge of every story. */
export type Witness = {
  /** The revision that a pod created now would get, `none`, or `refused: …`. */
  readonly now: (namespace: string) => Promise<string>
  /** What new pods of a namespace got since the beginning, each answer once where it repeats. */
  readonly seen: (namespace: string) => readonly string[]
  /** Resolves when a pod created in each of these would get it. */
  readonly gets: (namespaces: readonly string[], revision: string, withinMs?: number) => Promise<void>
  /** Throws where Meshferry wrote anything of a tenant's. */
  readonly untouched: () => void
  readonly stop: () => Promise<void>
}

const EVERY_MS = 150

export function watchNewPods(kube: KubeServer, namespaces: readonly string[]): Witness {
  const ending = new AbortController()
  const seen = new Map<string, string[]>(namespaces.map((namespace) => [namespace, []]))
  const now = (namespace: string): Promise<string> => ask(kube, namespace)
  const look = async (namespace: string): Promise<void> => {
    const [answers, given] = [seen.get(namespace) ?? [], await now(namespace)]
    if (answers.at(-1) !== given) answers.push(given)
  }
  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      for (const namespace of namespaces) await look(namespace)
      await sleep(EVERY_MS, ending.signal)
    }
  }
  const ended = loop()
  return {
    now,
    seen: (namespace) => seen.get(namespace) ?? [],
    gets: (all, revision, withinMs = 20_000) => untilAll(now, all, revision, withinMs),
    untouched: () => {
      const writes = tenantWrites(kube.log)
      must(writes.length === 0, `Meshferry writes nothing of a tenant's; it did: ${writes.join(', ')}`)
    },
    stop: async () => {
      ending.abort()
      await ended
    },
  }
}

async function untilAll(
  now: (namespace: string) => Promise<string>,
  namespaces: readonly string[],
  revision: string,
  withinMs: number,
): Promise<void> {
  const end = Date.now() + withinMs
  for (;;) {
    const given = await Promise.all(namespaces.map(now))
    if (given.every((one) => one === revision)) return
    must(Date.now() < end, `new pods of ${namespaces.join(', ')} get ${revision}; they get ${given.join(', ')}`)
    await sleep(EVERY_MS)
  }
}

async function ask(kube: KubeServer, namespace: string): Promise<string> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'witness-' },
    spec: { containers: [{ name: 'app', image: 'registry.example.com/app:1.0.0' }] },
  }
  const { object, message } = await post(kube, `/api/v1/namespaces/${namespace}/pods?dryRun=All`, pod)
  if (!object) return `refused: ${message}`
  const containers = [...listAt(object, 'spec', 'containers'), ...listAt(object, 'spec', 'initContainers')]
  const proxies = containers.filter((container) => textAt(container, 'name') === 'istio-proxy')
  if (proxies.length === 0) return 'none'
  return proxies.length > 1 ? `${proxies.length} sidecars` : revisionOf(object.metadata)
}

/** By what the injector left: the status from 1.11 on, an annotation from 1.18 on, a label before. */
function revisionOf({
  labels = {},
  annotations = {},
}: {
  labels?: Record<string, string>
  annotations?: Record<string, string>
}): string {
  const status: unknown = JSON.parse(annotations['sidecar.istio.io/status'] ?? '{}')
  return textAt(status, 'revision') ?? annotations['istio.io/rev'] ?? labels['istio.io/rev'] ?? ''
}
