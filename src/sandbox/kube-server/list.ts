import type { Api } from './api.ts'
import type { Target } from './api-path.ts'
import { parseFieldSelector } from './field-selectors.ts'
import type { KubeObject } from './kube-object.ts'
import { checkListOptions, readVersion } from './list-options.ts'
import type { Shape } from './media-type.ts'
import { shaped } from './media-type.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { apiVersionOf, qualifiedName } from './resource-kinds.ts'
import { parseLabelSelector } from './selectors.ts'
import { badRequest, expired } from './status-error.ts'

export type Selection = (object: KubeObject) => boolean

/** The objects that labelSelector and fieldSelector of a list or watch let through. */
export function selectionOf(kind: ResourceKind, query: URLSearchParams): Selection {
  const byLabel = parseLabelSelector(query.get('labelSelector') ?? '')
  const byField = parseFieldSelector(kind, query.get('fieldSelector') ?? '')
  return (object) => byLabel(object.metadata.labels ?? {}) && byField(object)
}

export type ListMeta = {
  readonly resourceVersion: string
  readonly continue?: string
  readonly remainingItemCount?: number
}

/** GET of a collection, in pages when `limit` is given. The token carries the list's version and the last key sent. */
export function listObjects(api: Api, target: Target, query: URLSearchParams, shape: Shape): unknown {
  const { metadata, items } = pageOf(api, target, query)
  return {
    kind: shape === 'metadata' ? 'PartialObjectMetadataList' : `${target.kind.kind}List`,
    apiVersion: shape === 'metadata' ? 'meta.k8s.io/v1' : apiVersionOf(target.kind),
    metadata,
    items: items.map((object) => withoutTypes(shaped(object, target.kind, shape), shape)),
  }
}

/**
 * The objects of one page and what the list says of itself. All pages show the version that the first was read at. As the
 * API server does it: `resourceVersion=0` is answered from its cache, whole; how many remain isn't known of a selection.
 */
export function pageOf(
  api: Api,
  target: Target,
  query: URLSearchParams,
): { readonly metadata: ListMeta; readonly items: readonly KubeObject[] } {
  checkListOptions(api, query)
  const selection = selectionOf(target.kind, query)
  const start = readToken(api, query)
  const version = start?.version ?? exactVersion(api, query) ?? api.store.version()
  const all = objectsAt(api, target, version).filter(selection)
  const rest = start ? all.filter((object) => keyOf(object) > start.after) : all
  const limit = limitOf(query)
  const items = limit > 0 ? rest.slice(0, limit) : rest
  const more = moreMeta(query, version, items.at(-1), rest.length - items.length)
  return { metadata: { resourceVersion: String(version), ...more }, items }
}

function limitOf(query: URLSearchParams): number {
  return query.get('resourceVersion') === '0' ? 0 : Math.max(0, Number(query.get('limit') ?? 0))
}

/** What the list says of the pages to come. */
function moreMeta(query: URLSearchParams, version: number, last: KubeObject | undefined, remaining: number) {
  if (remaining === 0 || !last) return {}
  const selected = query.get('labelSelector') || query.get('fieldSelector')
  return { continue: token(version, keyOf(last)), ...(selected ? {} : { remainingItemCount: remaining }) }
}

function exactVersion(api: Api, query: URLSearchParams): number | undefined {
  const version = readVersion(query)
  const exact = query.get('resourceVersionMatch') === 'Exact' || (version > 0 && Number(query.get('limit') ?? 0) > 0)
  if (!exact || query.get('resourceVersionMatch') === 'NotOlderThan') return undefined
  if (version < api.store.oldest() - 1) throw expired('The resourceVersion for the provided list is too old.')
  return version
}

/** The objects as they were at a version that the history still reaches: what happened since is taken back. */
function objectsAt(api: Api, target: Target, version: number): readonly KubeObject[] {
  const now = api.store.list(target.kind, target.namespace)
  if (version >= api.store.version()) return now
  const then = new Map(now.map((object) => [keyOf(object), object]))
  for (const event of api.store.since(version).toReversed()) {
    const { namespace = '' } = event.object.metadata
    if (event.resource !== qualifiedName(target.kind) || !['', namespace].includes(target.namespace)) continue
    if (event.before) then.set(keyOf(event.object), event.before)
    else then.delete(keyOf(event.object))
  }
  return [...then.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** Items of a typed list carry no apiVersion and kind, except in lists of metadata and of custom resources. */
function withoutTypes(object: KubeObject, shape: Shape): Record<string, unknown> {
  if (shape === 'metadata') return object
  const { apiVersion: _apiVersion, kind: _kind, ...rest } = object
  return rest
}

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`
}

function token(version: number, after: string): string {
  return Buffer.from(JSON.stringify({ v: version, after })).toString('base64url')
}

type Start = { readonly version: number; readonly after: string }

function readToken(api: Api, query: URLSearchParams): Start | undefined {
  const text = query.get('continue')
  if (!text) return undefined
  if (readVersion(query) > 0) throw badRequest('specifying resource version is not allowed when using continue')
  const parsed = parseToken(text)
  if (parsed.version >= api.store.oldest()) return parsed
  throw expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
      'the continue parameter, or use the continue token in this response to retrieve the remainder of the results.',
  )
}

function parseToken(text: string): Start {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as { v: number; after: string }
    return { version: Number(value.v), after: String(value.after) }
  } catch {
    throw badRequest('invalid continue token: continue key is not valid')
  }
}
