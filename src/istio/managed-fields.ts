import type { KubeObject, ManagedFields } from './objects.ts'
import { isPlainObject } from './plain-data.ts'

/** Who wrote, with which operation, and when (UTC ISO, empty when the server doesn't say). */
export type Writer = { readonly manager: string; readonly operation: string; readonly time: string }

/**
 * Who last wrote an object, or one field of it, from its managedFields: the name for a drift alarm. Fields are named as
 * managedFields does, without the `f:`: `['webhooks', 'k:{"name":"x"}', 'clientConfig', 'service', 'name']`. Status
 * writes don't count. Null when nobody is recorded.
 */
export function lastWriterOf(object: KubeObject, fieldPath: readonly string[] = []): Writer | null {
  const writers = (object.metadata.managedFields ?? [])
    .filter((entry) => entry.subresource !== 'status' && owns(entry.fieldsV1, fieldPath))
    .map(writerOf)
  return writers.reduce<Writer | null>((last, next) => (last === null || next.time >= last.time ? next : last), null)
}

/** The path of one webhook entry's Service name, for lastWriterOf: lists of webhooks are keyed by name. */
export function serviceNamePath(entryName: string): readonly string[] {
  return ['webhooks', `k:${JSON.stringify({ name: entryName })}`, 'clientConfig', 'service', 'name']
}

/** All managers that ever wrote the object and still own a field. */
export function managersOf(object: KubeObject): readonly string[] {
  return [...new Set((object.metadata.managedFields ?? []).map(({ manager }) => manager ?? ''))]
}

function owns(fields: unknown, path: readonly string[]): boolean {
  let inner: unknown = fields
  for (const part of path) {
    if (!isPlainObject(inner)) return false
    inner = inner[part.startsWith('k:') ? part : `f:${part}`]
  }
  return path.length === 0 || inner !== undefined
}

function writerOf(entry: ManagedFields): Writer {
  return { manager: entry.manager ?? '', operation: entry.operation ?? '', time: entry.time ?? '' }
}
