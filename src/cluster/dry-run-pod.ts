import { refusalOf } from '../kernel/errors.ts'
import type { KubeObject, Pod } from '../istio/objects.ts'
import type { ApiRoute, DryRunAnswer } from '../ports/cluster.ts'
import { statusOf } from './api-errors.ts'
import type { KubeHttp } from './kube-http.ts'

const DEADLINE_MS = 15_000

/** Says nothing about injection: the server could not look at the pod at all. */
const NOTHING_KNOWN = new Set([401, 408, 429, 502, 503, 504])

/**
 * Asks one API server what it would make of this pod; nothing is stored (`dryRun=All`, and webhooks that can't dry-run
 * are refused by the server itself). A failing injector answers 500, policies and quotas 403: both are `refused`.
 */
export async function dryRunPod(
  http: KubeHttp,
  namespace: string,
  pod: KubeObject,
  route: ApiRoute,
): Promise<DryRunAnswer> {
  if (route.kind === 'address' && route.silent) {
    return { kind: 'unreachable', message: `the API server ${route.host}:${route.port} does not answer` }
  }
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods?dryRun=All&fieldManager=meshferry`
  try {
    const { status, text } = await http.answer({ method: 'POST', path, body: pod, via: route, deadlineMs: DEADLINE_MS })
    if (status < 300) return { kind: 'admitted', pod: JSON.parse(text) as Pod }
    const { reason, message } = statusOf(text)
    if (NOTHING_KNOWN.has(status)) return { kind: 'unreachable', message: `${status} ${message}` }
    return { kind: 'refused', status, reason, message }
  } catch (error) {
    const { code, facts } = refusalOf(error)
    return { kind: 'unreachable', message: String(facts['message'] ?? code) }
  }
}
