import { parseAllDocuments } from 'yaml'
import type { Result } from '../kernel/errors.ts'
import { ok, refuse } from '../kernel/errors.ts'
import type { KubeObject } from './objects.ts'
import { isPlainObject, textAt } from './plain-data.ts'

/**
 * The documents of a YAML stream as istioctl prints it; empty ones are left out. Refuses YAML_UNREADABLE with the first
 * error and its line.
 */
export function parseDocuments(yaml: string): Result<readonly unknown[]> {
  const documents = parseAllDocuments(yaml)
  const error = documents.flatMap((document) => document.errors)[0]
  if (error !== undefined) {
    return refuse('YAML_UNREADABLE', { message: error.message, line: error.linePos?.[0].line })
  }
  const values = documents.map((document): unknown => document.toJS())
  return ok(values.filter((value) => value !== null && value !== undefined))
}

/** Whether a document has what every Kubernetes object has. */
export function isKubeObject(value: unknown): value is KubeObject {
  return (
    isPlainObject(value) &&
    textAt(value, 'apiVersion') !== null &&
    textAt(value, 'kind') !== null &&
    textAt(value, 'metadata', 'name') !== null
  )
}

/** What may be written: without `status`, and without the metadata that only the API server sets. */
export function writable(object: KubeObject): KubeObject {
  const { status: _status, ...rest }: KubeObject & { readonly status?: unknown } = object
  const {
    uid: _uid,
    resourceVersion: _version,
    generation: _generation,
    creationTimestamp: _created,
    managedFields: _fields,
    ...metadata
  } = object.metadata
  return { ...rest, metadata }
}
