import { canonicalJson } from '../kernel/hash.ts'
import type { Change, ChangeOperation } from './changes.ts'
import type { KubeObject } from './objects.ts'
import { isPlainObject } from './plain-data.ts'

/** Fields that others keep up to date, or that differ from writer to writer without meaning. */
const IGNORED = new Set(['caBundle', 'resourceVersion', 'uid', 'creationTimestamp', 'generation', 'managedFields'])

/**
 * Does the live object already say what the change would make it say? Used to look before acting, so that a step that was
 * killed after its write is not done twice. Of an applied body caBundles don't count: istiod writes them. Of a patch all
 * that it sets must be set to exactly that, and what it only tests (names, uid) must hold, so that another object of the
 * name, or another order of entries, is never taken for a change that was made.
 */
export function isApplied(change: Change, live: KubeObject | null): boolean {
  if (change.kind === 'delete') return live === null
  if (live === null) return false
  if (change.kind === 'apply') return contains(live, change.body)
  return change.operations.every((operation) => holds(live, operation, change.operations))
}

function holds(live: KubeObject, operation: ChangeOperation, all: readonly ChangeOperation[]): boolean {
  const found = at(live, operation.path)
  if (operation.op === 'remove') return found === undefined
  const changed = operation.op === 'test' && all.some(({ op, path }) => op !== 'test' && path === operation.path)
  return changed || same(found, operation.value)
}

/** Everything that `part` says, `whole` says too. Lists of named things are compared by name, others item by item. */
function contains(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) return Array.isArray(whole) && containsList(whole, part)
  if (!isPlainObject(part)) return whole === part
  if (!isPlainObject(whole)) return Object.keys(part).length === 0 && whole === undefined
  return Object.entries(part).every(([key, value]) => IGNORED.has(key) || contains(whole[key], value))
}

function containsList(whole: readonly unknown[], part: readonly unknown[]): boolean {
  if (whole.length !== part.length) return false
  return part.every((item, index) => {
    const name = nameOf(item)
    return contains(name === null ? whole[index] : whole.find((other) => nameOf(other) === name), item)
  })
}

function nameOf(item: unknown): string | null {
  return isPlainObject(item) && typeof item['name'] === 'string' ? item['name'] : null
}

function same(a: unknown, b: unknown): boolean {
  return a !== undefined && canonicalJson({ value: a }) === canonicalJson({ value: b })
}

/** The value at a JSON pointer (RFC 6901); undefined where there is none. */
function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((inner, token) => {
      if (Array.isArray(inner)) return inner[Number(token)]
      return isPlainObject(inner) ? inner[token] : undefined
    }, value)
}
