import { canonicalJson } from '../kernel/hash.ts'
import type { PlainObject } from './plain-data.ts'
import { isPlainObject } from './plain-data.ts'

/** One key that differs: values as JSON, null where the key is missing. */
export type ConfigDifference = { readonly key: string; readonly old: string | null; readonly new: string | null }

/** Keys whose value follows from the revision itself. */
const BY_REVISION = ['defaultConfig.discoveryAddress']

/**
 * What a pod that migrates would see change: mesh config of OLD and NEW, key by key (`defaultConfig.tracing.zipkin.address`).
 * Lists are compared as a whole.
 */
export function meshConfigDifferences(old: PlainObject, next: PlainObject): readonly ConfigDifference[] {
  return differencesOf(old, next, BY_REVISION)
}

/** The same for any two trees of values, leaving out the keys given and what lies below them. */
export function differencesOf(
  old: PlainObject,
  next: PlainObject,
  ignored: readonly string[] = [],
): readonly ConfigDifference[] {
  const before = flattened(old, '')
  const after = flattened(next, '')
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort()
  return keys
    .filter((key) => !ignored.some((skip) => key === skip || key.startsWith(`${skip}.`)))
    .flatMap((key) => {
      const difference = { key, old: before.get(key) ?? null, new: after.get(key) ?? null }
      return difference.old === difference.new ? [] : [difference]
    })
}

/** Empty maps say nothing, and so do nulls: charts of different ages leave them out or in. */
function flattened(tree: PlainObject, prefix: string): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>()
  for (const [name, value] of Object.entries(tree)) {
    const key = prefix === '' ? name : `${prefix}.${name}`
    if (isPlainObject(value)) for (const [inner, leaf] of flattened(value, key)) leaves.set(inner, leaf)
    else if (value !== null && value !== undefined) leaves.set(key, canonicalJson(value))
  }
  return leaves
}
