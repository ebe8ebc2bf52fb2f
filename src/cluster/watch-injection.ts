import type { Log } from '../kernel/log.ts'
import type { KubeHttp } from './kube-http.ts'
import { watchList, type WatchSettings } from './watch-list.ts'

const DEBOUNCE_MS = 50

/**
 * Calls `onChange` after anything changed that decides which sidecar a new pod gets, and after each list that may hide a
 * missed change. Resolves when the signal ends it.
 */
export async function watchInjection(
  http: KubeHttp,
  istioNamespace: string,
  onChange: () => void,
  signal: AbortSignal,
  log: Log,
  settings?: WatchSettings,
): Promise<void> {
  const calm = debounced(onChange, DEBOUNCE_MS, signal)
  const handlers = { keep: () => null, onList: calm, onEvent: calm }
  const paths = [...injectionPaths(istioNamespace), await endpointsPath(http, istioNamespace)]
  const watched = paths.map((path) => watchList(http, { path }, handlers, signal, log, settings))
  await Promise.all(watched.map((one) => one.done))
}

function injectionPaths(istioNamespace: string): readonly string[] {
  const webhooks = '/apis/admissionregistration.k8s.io/v1'
  return [
    `${webhooks}/mutatingwebhookconfigurations`,
    `${webhooks}/validatingwebhookconfigurations`,
    '/api/v1/namespaces',
    `/api/v1/namespaces/${istioNamespace}/services`,
    `/apis/apps/v1/namespaces/${istioNamespace}/deployments`,
  ]
}

/** Slices where they are served (Kubernetes 1.21 and later), and where the server can't be asked just now. */
async function endpointsPath(http: KubeHttp, istioNamespace: string): Promise<string> {
  const slices = '/apis/discovery.k8s.io/v1'
  const answer = await http.answer({ method: 'GET', path: slices }).catch(() => null)
  return answer?.status === 404
    ? `/api/v1/namespaces/${istioNamespace}/endpoints`
    : `${slices}/namespaces/${istioNamespace}/endpointslices`
}

/** At most one call per `ms`, and always one after the last change. */
function debounced(act: () => void, ms: number, signal: AbortSignal): () => void {
  let timer: NodeJS.Timeout | null = null
  return () => {
    if (timer || signal.aborted) return
    timer = setTimeout(() => {
      timer = null
      if (!signal.aborted) act()
    }, ms)
  }
}
