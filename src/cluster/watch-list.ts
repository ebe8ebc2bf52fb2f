import { refusalOf } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { sleep } from '../kernel/retry.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { Watched } from '../ports/cluster.ts'
import type { KubeHttp } from './kube-http.ts'
import { listOnce } from './list-pages.ts'
import { eventsOf, type WatchEvent } from './watch-lines.ts'

/** What is watched: a list path, with selectors where wanted; of each object all, or its metadata alone. */
export type WatchTarget = {
  readonly path: string
  readonly labelSelector?: string
  readonly fieldSelector?: string
  readonly metadataOnly?: boolean
}

export type WatchHandlers<T> = {
  /** What is kept of an object of the list, page by page. */
  readonly keep: (object: KubeObject) => T
  /** The whole list: at the start, and whenever events may have been missed. */
  readonly onList: (kept: readonly T[]) => void
  readonly onEvent: (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubeObject) => void
}

export type WatchSettings = {
  /** A watch that says nothing for so long, not even a bookmark, is taken for dead. API servers send one a minute. */
  readonly silenceMs: number
  readonly firstBackoffMs: number
  readonly maxBackoffMs: number
}

const WATCH_SETTINGS: WatchSettings = { silenceMs: 90_000, firstBackoffMs: 200, maxBackoffMs: 15_000 }

const SHORT_MS = 1000

type State = { heardAt: number | null; version: string | null; failures: number }

/**
 * Lists, then watches from there for as long as the signal lets it: our own, since client-node's Watch ends after 30 s of
 * silence, drops lines that it can't parse, and doesn't begin again after most errors. After a 410 or a broken line it
 * lists anew; after a mere broken connection it goes on from the last version it saw.
 */
export function watchList<T>(
  http: KubeHttp,
  target: WatchTarget,
  handlers: WatchHandlers<T>,
  signal: AbortSignal,
  log: Log,
  settings: WatchSettings = WATCH_SETTINGS,
): Watched {
  const state: State = { heardAt: null, version: null, failures: 0 }
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        if (state.version === null) await listNow(http, target, handlers, state, signal)
        const started = performance.now()
        await watchFrom(http, target, handlers, state, signal, settings)
        // A server that ends every watch at once must not be asked in a tight loop.
        if (performance.now() - started < SHORT_MS) await sleep(backoffMs(settings, 1), signal)
        else state.failures = 0
      } catch (error) {
        if (signal.aborted) return
        state.failures += 1
        const { code, facts } = refusalOf(error)
        if (isStale(code, facts['status'])) state.version = null
        log.warn('watch broke, begins again', { path: target.path, code, message: facts['message'] })
        await sleep(backoffMs(settings, state.failures), signal)
      }
    }
  }
  return { ageMs: () => (state.heardAt === null ? null : performance.now() - state.heardAt), done: run() }
}

/** INTERNAL is a line that could not be parsed: what it said is lost, so only a new list is right. */
function isStale(code: string, status: unknown): boolean {
  return code === 'INTERNAL' || status === 410
}

function backoffMs(settings: WatchSettings, failures: number): number {
  const base = Math.min(settings.maxBackoffMs, settings.firstBackoffMs * 2 ** Math.min(failures - 1, 10))
  return base * (0.5 + Math.random() / 2)
}

async function listNow<T>(
  http: KubeHttp,
  target: WatchTarget,
  handlers: WatchHandlers<T>,
  state: State,
  signal: AbortSignal,
): Promise<void> {
  const { path, ...options } = target
  const { kept, version } = await listOnce(http, path, handlers.keep, { ...options, signal })
  handlers.onList(kept)
  state.version = version
  // A list is no sign that watching goes well: a server that refuses every watch would be asked for it all again and again.
  state.heardAt = performance.now()
}

/** The one form of a watch's objects that has no spec and no status. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1'

async function watchFrom<T>(
  http: KubeHttp,
  target: WatchTarget,
  handlers: WatchHandlers<T>,
  state: State,
  signal: AbortSignal,
  settings: WatchSettings,
): Promise<void> {
  const query = selectorsOf(target)
  query.set('watch', '1')
  query.set('allowWatchBookmarks', 'true')
  query.set('resourceVersion', state.version ?? '0')
  // The server ends it after some minutes, at another moment for each watch, so that they don't all come back at once.
  query.set('timeoutSeconds', String(240 + Math.floor(Math.random() * 120)))
  const silence = silenceGuard(signal, settings.silenceMs)
  try {
    const body = await http.stream(
      `${target.path}?${query.toString()}`,
      silence.signal,
      target.metadataOnly ? METADATA_ONLY : undefined,
    )
    for await (const event of eventsOf(body)) {
      silence.renew()
      state.heardAt = performance.now()
      take(event, handlers, state)
      state.failures = 0
    }
  } catch (error) {
    // Silence is not proof of a fault: the same version is asked for again, on a new connection.
    if (!silence.fell()) throw error
  } finally {
    silence.end()
  }
}

function take<T>(event: WatchEvent, handlers: WatchHandlers<T>, state: State): void {
  if (event.type === 'ERROR')
    throw Object.assign(new Error(event.object.message ?? 'watch error'), { name: 'WatchError' })
  state.version = event.object.metadata.resourceVersion ?? state.version
  if (event.type !== 'BOOKMARK') handlers.onEvent(event.type, event.object)
}

function selectorsOf(target: WatchTarget): URLSearchParams {
  return new URLSearchParams({
    ...(target.labelSelector ? { labelSelector: target.labelSelector } : {}),
    ...(target.fieldSelector ? { fieldSelector: target.fieldSelector } : {}),
  })
}

/** Aborts after `ms` without `renew`, or with the outer signal. */
function silenceGuard(
  outer: AbortSignal,
  ms: number,
): { signal: AbortSignal; renew: () => void; end: () => void; fell: () => boolean } {
  const own = new AbortController()
  const timer = setTimeout(() => own.abort(), ms)
  return {
    signal: AbortSignal.any([outer, own.signal]),
    renew: () => void timer.refresh(),
    end: () => clearTimeout(timer),
    fell: () => own.signal.aborted && !outer.aborted,
  }
}
