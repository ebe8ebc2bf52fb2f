import type { ResourceKind } from './resource-kinds.ts'
import { qualifiedName } from './resource-kinds.ts'

type StatusCause = { readonly reason?: string; readonly message: string; readonly field?: string }

export type StatusDetails = {
  readonly name?: string
  readonly group?: string
  readonly kind?: string
  readonly uid?: string
  readonly causes?: readonly StatusCause[]
  readonly retryAfterSeconds?: number
}

/** An answer that is not a success, in the form of metav1.Status. Texts as k8s.io/apimachinery 0.34 writes them. */
export class StatusError extends Error {
  readonly code: number
  readonly reason: string
  readonly details: StatusDetails | undefined

  constructor(code: number, reason: string, message: string, details?: StatusDetails) {
    super(message)
    this.name = 'StatusError'
    this.code = code
    this.reason = reason
    this.details = details
  }
}

type Named = Pick<ResourceKind, 'group' | 'plural'>

/** The JSON body of an error. */
export function statusBody(error: StatusError): Record<string, unknown> {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: error.message,
    ...(error.reason === '' ? {} : { reason: error.reason }),
    ...(error.details ? { details: error.details } : {}),
    code: error.code,
  }
}

export function notFound(kind: Named, name: string): StatusError {
  return new StatusError(404, 'NotFound', `${qualifiedName(kind)} "${name}" not found`, detailsOf(kind, name))
}

/** What an unknown path gives: the resource itself isn't served. */
export function noSuchResource(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource', {})
}

export function alreadyExists(kind: Named, name: string): StatusError {
  const message = `${qualifiedName(kind)} "${name}" already exists`
  return new StatusError(409, 'AlreadyExists', message, detailsOf(kind, name))
}

/** A write that rests on another version of the object. `why` replaces the usual sentence. */
export function conflict(kind: Named, name: string, why?: string): StatusError {
  const because = why ?? 'the object has been modified; please apply your changes to the latest version and try again'
  const message = `Operation cannot be fulfilled on ${qualifiedName(kind)} "${name}": ${because}`
  return new StatusError(409, 'Conflict', message, detailsOf(kind, name))
}

export function invalid(kind: ResourceKind, name: string, field: string, why: string, type: string): StatusError {
  const group = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`
  return new StatusError(422, 'Invalid', `${group} "${name}" is invalid: ${field}: ${why}`, {
    ...(name === '' ? {} : { name }),
    ...(kind.group === '' ? {} : { group: kind.group }),
    kind: kind.kind,
    causes: [{ reason: type, message: why, field }],
  })
}

/** The same of a wrong value in a place where the server names the resource and not the kind. */
export function invalidResource(kind: ResourceKind, name: string, field: string, why: string): StatusError {
  return invalid({ ...kind, kind: kind.plural }, name, field, why, 'FieldValueInvalid')
}

/** A JSON patch whose `test` failed or whose path is missing. The real server says no more than this. */
export function patchRejected(): StatusError {
  return new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})
}

export function forbidden(kind: Named, name: string, why: string): StatusError {
  const subject = name === '' ? `${qualifiedName(kind)} is forbidden` : `${qualifiedName(kind)} "${name}" is forbidden`
  return new StatusError(403, 'Forbidden', `${subject}: ${why}`, detailsOf(kind, name))
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message)
}

/** A watch or list that starts at a version the server has forgotten. */
export function expired(message: string): StatusError {
  return new StatusError(410, 'Expired', message)
}

export function internalError(message: string): StatusError {
  return new StatusError(500, 'InternalError', `Internal error occurred: ${message}`, { causes: [{ message }] })
}

/** A precondition of a deletion that doesn't hold: the server names the kind where it else names the resource. */
export function staleDeletion(kind: ResourceKind, name: string, why: string): StatusError {
  return conflict({ group: kind.group, plural: kind.kind }, name, why)
}

function detailsOf(kind: Named, name: string): StatusDetails {
  return {
    ...(name === '' ? {} : { name }),
    ...(kind.group === '' ? {} : { group: kind.group }),
    kind: kind.plural,
  }
}
