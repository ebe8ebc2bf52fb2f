import type { KubeObject } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { apiVersionOf } from './resource-kinds.ts'
import { StatusError } from './status-error.ts'

export type Shape = 'object' | 'metadata'

/**
 * The form in which the client wants objects, by its Accept header: the first range that can be served. JSON only: a
 * client that insists on protobuf gets 406 and has to fall back.
 */
export function shapeOf(accept: string | undefined): Shape {
  const ranges = (accept ?? '*/*').split(',').map((range) => range.trim())
  for (const range of ranges) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim())
    if (!['application/json', '*/*', 'application/*', ''].includes(type)) continue
    const as = parameters.find((parameter) => parameter.startsWith('as='))?.slice(3)
    if (as === undefined) return 'object'
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') return 'metadata'
  }
  const message = 'only the following media types are accepted: application/json'
  throw new StatusError(406, 'NotAcceptable', message)
}

/** The object as this client gets it: with the version it asked under, whole or metadata only. */
export function shaped(object: KubeObject, kind: ResourceKind, shape: Shape): KubeObject {
  if (shape === 'object') return { ...object, apiVersion: apiVersionOf(kind), kind: kind.kind }
  return { apiVersion: 'meta.k8s.io/v1', kind: 'PartialObjectMetadata', metadata: object.metadata }
}
