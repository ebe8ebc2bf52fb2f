import { createHash } from 'node:crypto'

/**
 * JSON with sorted keys, so that equal values give equal text whatever order their keys were written in. `undefined`
 * members are left out as JSON does. Numbers, strings, booleans, null, arrays and plain objects only.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value))
}

/** Lower-case hex SHA-256 of text or bytes. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

/** Hash of a value with the number of its schema, so that a changed schema can't make two meanings share a hash. */
export function hashOf(schema: number, value: unknown): string {
  return sha256(canonicalJson({ schema, value }))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([k, v]) => [k, sorted(v)]))
}
