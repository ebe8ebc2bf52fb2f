import type { Api } from './api.ts'
import type { Target } from './api-path.ts'
import type { KubeObject } from './kube-object.ts'
import type { Shape } from './media-type.ts'
import { shaped } from './media-type.ts'
import { apiVersionOf } from './resource-kinds.ts'
import { parseFieldSelector, parseLabelSelector } from './selectors.ts'
import { badRequest, expired } from './status-error.ts'

export type Selection = (object: KubeObject) => boolean

/** The objects that labelSelector and fieldSelector of a list or watch let through. */
export function selectionOf(query: URLSearchParams): Selection {
  const byLabel = parseLabelSelector(query.get('labelSelector') ?? '')
  const byField = parseFieldSelector(query.get('fieldSelector') ?? '')
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

/** The objects of one page and what the list says of itself. */
export function pageOf(
  api: Api,
  target: Target,
  query: URLSearchParams,
): { readonly metadata: ListMeta; readonly items: readonly KubeObject[] } {
  const selection = selectionOf(query)
  const start = readToken(api, query.get('continue'))
  const limit = Number(query.get('limit') ?? 0)
  const all = api.store.list(target.kind, target.namespace).filter(selection)
  const rest = start ? all.filter((object) => keyOf(object) > start.after) : all
  const items = limit > 0 ? rest.slice(0, limit) : rest
  const version = start?.version ?? api.store.version()
  const last = items.at(-1)
  const more = rest.length > items.length && last
  const metadata = {
    resourceVersion: String(version),
    ...(more ? { continue: token(version, keyOf(last)), remainingItemCount: rest.length - items.length } : {}),
  }
  return { metadata, items }
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

function readToken(api: Api, text: string | null): { readonly version: number; readonly after: string } | undefined {
  if (!text) return undefined
  const parsed = parseToken(text)
  if (parsed.version >= api.store.oldest()) return parsed
  throw expired(
    'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
      'the continue parameter, or use the continue token in this response to retrieve the remainder of the results.',
  )
}

function parseToken(text: string): { readonly version: number; readonly after: string } {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as { v: number; after: string }
    return { version: Number(value.v), after: String(value.after) }
  } catch {
    throw badRequest('continue key is not valid')
  }
}
