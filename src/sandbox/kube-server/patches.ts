import type { Operation } from 'fast-json-patch'
import fastJsonPatch from 'fast-json-patch'
import { isJsonObject } from './kube-object.ts'
import { badRequest, patchRejected } from './status-error.ts'

/** RFC 7386: null removes, maps merge, all else replaces. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch
  const merged: Record<string, unknown> = isJsonObject(target) ? { ...target } : {}
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key]
    else merged[key] = mergePatch(merged[key], value)
  }
  return merged
}

const STRATEGIC_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  initContainers: 'name',
  env: 'name',
  volumes: 'name',
  webhooks: 'name',
  ownerReferences: 'uid',
  conditions: 'type',
}

/** Strategic merge: as a merge patch, but lists of named items merge by their key and `$patch: delete` drops an item. */
export function strategicPatch(target: unknown, patch: unknown, name = ''): unknown {
  const key = STRATEGIC_KEYS[name]
  if (Array.isArray(patch) && key) return mergeItems(Array.isArray(target) ? target : [], patch, key)
  if (!isJsonObject(patch)) return patch
  const merged: Record<string, unknown> = isJsonObject(target) ? { ...target } : {}
  for (const [field, value] of Object.entries(patch)) {
    if (field.startsWith('$')) continue
    if (value === null) delete merged[field]
    else merged[field] = strategicPatch(merged[field], value, field)
  }
  return merged
}

/**
 * RFC 6902, all or nothing. A failing `test`, a missing path or a bad pointer gives the server's 422, which does not say
 * which operation failed. One thing is laxer than the RFC, as the server's own library is: `replace` of a field that isn't
 * there adds it.
 */
export function jsonPatch(target: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) {
    const why = 'json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp'
    throw badRequest(`error decoding patch: ${why}`)
  }
  try {
    return (patch as Operation[]).reduce(applyOne, structuredClone(target))
  } catch {
    throw patchRejected()
  }
}

function applyOne(document: unknown, operation: Operation): unknown {
  const parent = operation.path.slice(0, operation.path.lastIndexOf('/'))
  const adds = operation.op === 'replace' && isJsonObject(fastJsonPatch.getValueByPointer(document, parent))
  const lax: Operation = adds ? { ...operation, op: 'add' } : operation
  return fastJsonPatch.applyOperation(document, lax, true, true).newDocument
}

function mergeItems(target: readonly unknown[], patch: readonly unknown[], key: string): unknown[] {
  const idOf = (item: unknown): unknown => (isJsonObject(item) ? item[key] : undefined)
  const merged = [...target]
  for (const item of patch) {
    const at = merged.findIndex((one) => idOf(one) === idOf(item))
    const gone = isJsonObject(item) && item['$patch'] === 'delete'
    if (gone && at >= 0) merged.splice(at, 1)
    else if (!gone && at >= 0) merged[at] = strategicPatch(merged[at], item)
    else if (!gone) merged.push(item)
  }
  return merged
}
