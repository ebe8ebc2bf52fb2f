import { canonicalJson } from '../kernel/hash.ts'
import type { Change, ChangeOperation } from './changes.ts'
import type { KubeObject } from './objects.ts'
import { isPlainObject } from './plain-data.ts'

/**
 * Whether a live object already is what a change would make of it, so that a repeated step writes nothing. Applied bodies must
 * be contained in the object (lists of named things by name); of a patch, all that it sets must be set, on the same entries.
 */
export function changeIsDone(live: KubeObject | null, change: Change): boolean {
  if (change.kind === 'delete') return live === null
  if (live === null) return false
  if (change.kind === 'apply') return contains(live, change.body)
  return change.operations.every((operation) => holds(live, operation, change.operations))
}

function holds(live: KubeObject, operation: ChangeOperation, all: readonly ChangeOperation[]): boolean {
  const found = atPointer(live, operation.path)
  if (operation.op === 'remove') return found === undefined
  const willChange = all.some((other) => other.op !== 'test' && other.path === operation.path)
  if (operation.op === 'test' && willChange) return true
  return same(found, operation.value)
}

function contains(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) return Array.isArray(live) && containsList(live, wanted)
  if (!isPlainObject(wanted)) return same(live, wanted)
  return isPlainObject(live) && Object.entries(wanted).every(([key, value]) => contains(live[key], value))
}

function containsList(live: readonly unknown[], wanted: readonly unknown[]): boolean {
  if (!wanted.every((item) => isPlainObject(item) && typeof item['name'] === 'string'))
    return same(live, wanted) || subset(live, wanted)
  return wanted.every((item) => {
    const name = isPlainObject(item) ? item['name'] : undefined
    return contains(
      live.find((other) => isPlainObject(other) && other['name'] === name),
      item,
    )
  })
}

/** Items without a name (rules, ports) get defaults by the API server: each must be contained in the one at its place. */
function subset(live: readonly unknown[], wanted: readonly unknown[]): boolean {
  return live.length === wanted.length && wanted.every((item, i) => isPlainObject(item) && contains(live[i], item))
}

function same(a: unknown, b: unknown): boolean {
  return a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b)
}

/** The value under an RFC 6901 pointer. */
function atPointer(value: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1)
  return keys.reduce<unknown>((inner, raw) => {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(inner)) return inner[Number(key)]
    return isPlainObject(inner) ? inner[key] : undefined
  }, value)
}
