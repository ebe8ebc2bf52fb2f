import type { Log } from '../kernel/log.ts'
import type { PodWatchHandlers, Watched } from '../ports/cluster.ts'
import type { KubeHttp } from './kube-http.ts'
import { watchList, type WatchSettings } from './watch-list.ts'

/** A pod that has ended carries no sidecar any more: it leaves the watch as if it were deleted. */
const NOT_ENDED = 'status.phase!=Succeeded,status.phase!=Failed'

/** Every pod of the cluster that has not ended, by its metadata alone, for as long as the signal lets it. */
export function watchPods<T>(
  http: KubeHttp,
  handlers: PodWatchHandlers<T>,
  signal: AbortSignal,
  log: Log,
  settings?: WatchSettings,
): Watched {
  const target = { path: '/api/v1/pods', fieldSelector: NOT_ENDED, metadataOnly: true }
  return watchList(http, target, handlers, signal, log, settings)
}
