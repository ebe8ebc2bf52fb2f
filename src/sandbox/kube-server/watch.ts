import type { ServerResponse } from 'node:http'
import type { Api } from './api.ts'
import type { Target } from './api-path.ts'
import type { KubeObject } from './kube-object.ts'
import type { Selection } from './list.ts'
import { selectionOf } from './list.ts'
import { checkWatchOptions, readVersion } from './list-options.ts'
import type { Form, Shape } from './media-type.ts'
import { PROTOBUF, shaped } from './media-type.ts'
import { encodeFrame } from './protobuf-metadata.ts'
import { apiVersionOf, qualifiedName } from './resource-kinds.ts'
import { expired, statusBody } from './status-error.ts'
import type { StoreEvent } from './history.ts'

/** An open watch, for a test that wants to end it: politely (the stream ends) or by breaking the connection. */
export type OpenWatch = { readonly path: string; readonly end: () => void; readonly cut: () => void }

type Line = { readonly type: string; readonly object: unknown }

/**
 * Serves one watch until the client goes, `timeoutSeconds` passes, or a test ends it. One JSON event per line. Starts
 * with ADDED events when no version (or 0) is given; a version that is forgotten gives one ERROR event of 410, as the
 * API server does. Rule: Kubernetes API concepts, "Efficient detection of changes".
 */
export function serveWatch(
  api: Api,
  target: Target,
  query: URLSearchParams,
  { shape, wire }: Form,
  response: ServerResponse,
  bookmarkEveryMs: number,
): OpenWatch {
  checkWatchOptions(query)
  const selection = selectionOf(target.kind, query)
  const send = (line: Line): void => {
    response.write(wire === 'json' ? `${JSON.stringify(line)}\n` : encodeFrame(line.type, line.object))
  }
  const sendEvent = (event: StoreEvent): void => {
    const line = lineOf(event, target, selection, shape)
    if (line) send(line)
  }
  const type = wire === 'json' ? 'application/json' : `${PROTOBUF};stream=watch`
  response.writeHead(200, { 'Content-Type': type, 'Transfer-Encoding': 'chunked' })
  response.flushHeaders()
  const bookmarks = query.get('allowWatchBookmarks') === 'true'
  if (!sendBacklog(api, target, query, shape, selection, send, sendEvent)) {
    response.end()
    return { path: target.kind.plural, end: () => undefined, cut: () => undefined }
  }
  const stopListening = api.store.listen(sendEvent)
  const bookmark = (): void => {
    if (bookmarks) send({ type: 'BOOKMARK', object: bookmarkOf(target, shape, api.store.version(), {}) })
  }
  const ticking = setInterval(bookmark, bookmarkEveryMs)
  const seconds = Number(query.get('timeoutSeconds') ?? 0)
  // Two seconds before a watch is over it gets a last one, from which its successor starts.
  const last = seconds > 2 ? setTimeout(bookmark, (seconds - 2) * 1000) : undefined
  const ending = seconds > 0 ? setTimeout(() => response.end(), seconds * 1000) : undefined
  response.on('close', () => {
    stopListening()
    clearInterval(ticking)
    clearTimeout(ending)
    clearTimeout(last)
  })
  return { path: target.kind.plural, end: () => response.end(), cut: () => response.destroy() }
}

/** Sends what comes before the live events; false when the version asked for is too old. */
function sendBacklog(
  api: Api,
  target: Target,
  query: URLSearchParams,
  shape: Shape,
  selection: Selection,
  send: (line: Line) => void,
  sendEvent: (event: StoreEvent) => void,
): boolean {
  const from = readVersion(query)
  const initial = query.get('sendInitialEvents') === 'true'
  if (from === 0 || initial) {
    for (const object of api.store.list(target.kind, target.namespace).filter(selection)) {
      send({ type: 'ADDED', object: shaped(object, target.kind, shape) })
    }
    const annotations = { 'k8s.io/initial-events-end': 'true' }
    if (initial) send({ type: 'BOOKMARK', object: bookmarkOf(target, shape, api.store.version(), { annotations }) })
    return true
  }
  if (from < api.store.oldest() - 1) {
    const error = expired(`too old resource version: ${from} (${api.store.oldest()})`)
    send({ type: 'ERROR', object: statusBody(error) })
    return false
  }
  for (const event of api.store.since(from)) sendEvent(event)
  return true
}

/** The event as this watch sees it: an object that enters the selection is ADDED, one that leaves it DELETED. */
function lineOf(event: StoreEvent, target: Target, selection: Selection, shape: Shape): Line | undefined {
  if (event.resource !== qualifiedName(target.kind)) return undefined
  if (target.namespace !== '' && event.object.metadata.namespace !== target.namespace) return undefined
  const object = shaped(event.object, target.kind, shape)
  const was = event.before !== undefined && selection(event.before)
  const is = event.type !== 'DELETED' && selection(event.object)
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object }
  return was && event.before ? leaving(event.before, event.object, target, shape) : undefined
}

/** The object as the watch knew it, at the version at which it left. */
function leaving(before: KubeObject, now: KubeObject, target: Target, shape: Shape): Line {
  const { resourceVersion = '' } = now.metadata
  const last = { ...before, metadata: { ...before.metadata, resourceVersion } }
  return { type: 'DELETED', object: shaped(last, target.kind, shape) }
}

function bookmarkOf(target: Target, shape: Shape, version: number, extra: Partial<KubeObject['metadata']>): unknown {
  const types =
    shape === 'metadata'
      ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' }
      : { kind: target.kind.kind, apiVersion: apiVersionOf(target.kind) }
  return { ...types, metadata: { resourceVersion: String(version), ...extra } }
}
