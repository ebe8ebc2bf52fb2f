import type { KubeObject } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { apiVersionOf } from './resource-kinds.ts'
import { StatusError } from './status-error.ts'

export type Shape = 'object' | 'metadata'

/** What a client gets: which part of the objects, and in which wire form. Protobuf is there for metadata alone. */
export type Form = { readonly shape: Shape; readonly wire: 'json' | 'protobuf' }

export const PROTOBUF = 'application/vnd.kubernetes.protobuf'

type Range = { readonly type: string; readonly as: string | undefined; readonly q: number; readonly rank: number }

const JSON_TYPES = new Set(['application/json', '*/*', 'application/*', ''])
const METADATA = new Set(['PartialObjectMetadata', 'PartialObjectMetadataList'])

/**
 * The form in which the client wants objects, by its Accept header: by weight, exact types before wildcards, then in the
 * order given, the first that can be served; else 406. Rule: k8s.io/apiserver's NegotiateMediaTypeOptions over goautoneg.
 * A client that insists on whole objects in protobuf gets 406 here and has to fall back.
 */
export function formOf(accept: string | undefined): Form {
  const ranges = (accept ?? '*/*').split(',').map(parseRange)
  ranges.sort((a, b) => b.q - a.q || a.rank - b.rank)
  for (const { type, as } of ranges) {
    if (as !== undefined && !METADATA.has(as)) continue
    const shape = as === undefined ? 'object' : 'metadata'
    if (JSON_TYPES.has(type)) return { shape, wire: 'json' }
    if (type === PROTOBUF && shape === 'metadata') return { shape, wire: 'protobuf' }
  }
  throw notAcceptable(ranges)
}

/** The same for a list, of which nobody may ask as if it were one object. */
export function listFormOf(accept: string | undefined, kind: ResourceKind): Form {
  const form = formOf(accept)
  if (form.shape === 'object' || (accept ?? '').includes('as=PartialObjectMetadataList')) return form
  const group = kind.group === '' ? 'core' : (kind.group.split('.')[0] ?? '')
  const what = `the requested object is a list (*${group}.${kind.kind}List)`
  throw new StatusError(406, 'NotAcceptable', `you requested PartialObjectMetadata, but ${what}`)
}

/** The server words it in two ways: of a media type, and of a form of one. */
function notAcceptable(ranges: readonly Range[]): StatusError {
  const types = ['application/json', 'application/yaml', PROTOBUF]
  if (ranges.some(({ as }) => as !== undefined)) {
    return new StatusError(406, 'NotAcceptable', `only the following media types are accepted: ${types.join(', ')}`)
  }
  const all = [...types, ...['application/json', PROTOBUF].map((type) => `${type};stream=watch`)].join(', ')
  return new StatusError(406, 'NotAcceptable', `406: Not Acceptable\n\nAvailable representations: ${all}`, {})
}

function parseRange(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim())
  const value = (name: string): string | undefined =>
    parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1)
  const rank = type.startsWith('*/') ? 2 : type.endsWith('/*') ? 1 : 0
  return { type, as: value('as'), q: Number(value('q') ?? 1), rank }
}

/** The part alone, for answers that are always JSON. */
export function shapeOf(accept: string | undefined): Shape {
  return formOf(accept).shape
}

/** The object as this client gets it: with the version it asked under, whole or metadata only. */
export function shaped(object: KubeObject, kind: ResourceKind, shape: Shape): KubeObject {
  if (shape === 'object') return { ...object, apiVersion: apiVersionOf(kind), kind: kind.kind }
  return { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata: object.metadata }
}
