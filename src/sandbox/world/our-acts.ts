import type { LoggedRequest } from '../kube-server/serve-http.ts'
import { isJsonObject } from '../kube-server/kube-object.ts'

/** What one account did to tenants, as the API server's own log has it. */
export type OurActs = {
  /** Pods deleted or evicted. */
  readonly pods: number
  /** Writes to workloads. */
  readonly workloads: number
}

type Log = readonly Pick<LoggedRequest, 'method' | 'url' | 'user' | 'code' | 'body'>[]

const WORKLOADS = [
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'jobs',
  'cronjobs',
  'replicationcontrollers',
  'rollouts',
]
const WRITES = ['POST', 'PUT', 'PATCH', 'DELETE']

/**
 * Counts on from where it stood: each line of the log is read once. A request whose answer was lost counts, since it may
 * have been carried out; one that was refused, and a dry run, do not.
 */
export function newOurActs(log: Log, user: string, namespaces: ReadonlySet<string>): () => OurActs {
  let read = 0
  let pods = 0
  let workloads = 0
  return () => {
    for (; read < log.length; read += 1) {
      const line = log[read]
      const hit = line && line.user === user ? actIn(line, namespaces) : null
      if (hit === 'pod') pods += 1
      if (hit === 'workload') workloads += 1
    }
    return { pods, workloads }
  }
}

/** What a request did to a tenant's pod or workload, or null for nothing. */
export function actIn(line: Log[number], namespaces: ReadonlySet<string>): 'pod' | 'workload' | null {
  if (!WRITES.includes(line.method) || line.code >= 300 || isDryRun(line)) return null
  const { namespace, resource, subresource } = targetOf(line.url)
  if (!namespaces.has(namespace)) return null
  if (resource === 'pods') return line.method === 'DELETE' || subresource === 'eviction' ? 'pod' : null
  return WORKLOADS.includes(resource) ? 'workload' : null
}

function targetOf(url: string) {
  const path = new URL(url, 'http://sandbox').pathname
  const match = /^\/apis?\/(?:.+?\/)?v[^/]+\/namespaces\/([^/]+)\/([^/]+)(?:\/[^/]+)?(?:\/([^/]+))?$/.exec(path)
  const [, namespace = '', resource = '', subresource = ''] = match ?? []
  return { namespace, resource, subresource }
}

/** By the query, or by the options in the body: a delete carries them there. */
export function isDryRun({ url, body }: Pick<Log[number], 'url' | 'body'>): boolean {
  if (new URL(url, 'http://sandbox').searchParams.has('dryRun')) return true
  if (!body.includes('"dryRun"')) return false
  const options: unknown = JSON.parse(body)
  const asked = isJsonObject(options) ? (options['dryRun'] ?? optionsIn(options)) : undefined
  return Array.isArray(asked) && asked.includes('All')
}

/** An eviction carries its own delete options. */
function optionsIn(body: Record<string, unknown>): unknown {
  const options = body['deleteOptions']
  return isJsonObject(options) ? options['dryRun'] : undefined
}
