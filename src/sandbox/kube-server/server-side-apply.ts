import { fieldsOf, isAtomic, isSetList, itemElement, listKeys, pathOfKey } from './field-paths.ts'
import type { JsonObject, KubeObject, ManagedFieldsEntry } from './kube-object.ts'
import { isJsonObject } from './kube-object.ts'
import type { Manager, Owned } from './managed-fields.ts'
import { entriesOf, isEntryOf, ownedOf, sameValue, withManager } from './managed-fields.ts'
import { StatusError } from './status-error.ts'

export type Applied = { readonly object: KubeObject; readonly managedFields: ManagedFieldsEntry[] }

/**
 * Server-side apply of a configuration onto a live object: fields of the configuration are set and owned by the manager,
 * fields that it owned before and no longer names are removed when nobody else owns them.
 * Throws the 409 that names every field another manager owns with another value, unless forced.
 * Rule: Kubernetes docs, "Server-Side Apply".
 */
export function applyConfiguration(live: KubeObject, config: KubeObject, manager: Manager, force: boolean): Applied {
  const wanted = fieldsOf(config)
  const present = fieldsOf(live)
  const owned = ownedOf(live)
  const others = owned.filter((one) => !isEntryOf(one.entry, manager))
  const differing = [...wanted.keys()].filter((key) => !sameValue(present.get(key), wanted.get(key)))
  const conflicts = conflictsWith(others, new Set(differing))
  if (conflicts.length > 0 && !force) throw applyConflict(conflicts)

  const mine = owned.find((one) => isEntryOf(one.entry, manager))
  const dropped = [...(mine?.keys ?? [])].filter((key) => !wanted.has(key) && !others.some((one) => one.keys.has(key)))
  const merged = mergeApplied(live, config, '')
  const object = removeFields(merged as KubeObject, dropped)
  const kept = others.map((one) => ({ entry: one.entry, keys: without(one.keys, differing) }))
  return { object, managedFields: entriesOf(withManager(kept, manager, new Set(wanted.keys()))) }
}

type Conflict = { readonly entry: ManagedFieldsEntry; readonly field: string }

function conflictsWith(others: readonly Owned[], differing: ReadonlySet<string>): Conflict[] {
  return others.flatMap((one) =>
    [...one.keys].filter((key) => differing.has(key)).map((key) => ({ entry: one.entry, field: printPath(key) })),
  )
}

/** The texts of k8s.io/apimachinery's managedfields/internal/conflict.go. */
function applyConflict(conflicts: readonly Conflict[]): StatusError {
  const causes = conflicts.map(({ entry, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${printManager(entry)}`,
    field,
  }))
  const first = conflicts[0]
  if (conflicts.length === 1 && first) {
    const message = `Apply failed with 1 conflict: conflict with ${printManager(first.entry)}: ${first.field}`
    return new StatusError(409, 'Conflict', message, { causes })
  }
  const byManager = new Map<string, string[]>()
  for (const { entry, field } of conflicts) {
    byManager.set(printManager(entry), [...(byManager.get(printManager(entry)) ?? []), `- ${field}`])
  }
  const lines = [...byManager]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, fields]) => [`conflicts with ${name}:`, ...fields])
  return new StatusError(409, 'Conflict', `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`, {
    causes,
  })
}

function printManager(entry: ManagedFieldsEntry): string {
  const sub = entry.subresource ? ` with subresource "${entry.subresource}"` : ''
  const name = `"${entry.manager}"${sub}`
  return entry.operation === 'Update' ? `${name} using ${entry.apiVersion}` : name
}

/** `.webhooks[name="x"].clientConfig.service.name`, as structured-merge-diff prints paths. */
function printPath(key: string): string {
  return pathOfKey(key)
    .map((element) => {
      if (element === '.') return ''
      if (element.startsWith('f:')) return `.${element.slice(2)}`
      if (element.startsWith('v:')) return `[=${element.slice(2)}]`
      const keys: unknown = JSON.parse(element.slice(2))
      const parts = Object.entries(isJsonObject(keys) ? keys : {}).map(([k, v]) => `${k}=${JSON.stringify(v)}`)
      return `[${parts.join(',')}]`
    })
    .join('')
}

function mergeApplied(live: unknown, config: unknown, name: string): unknown {
  if (Array.isArray(config)) return mergeList(Array.isArray(live) ? live : [], config, name)
  if (!isJsonObject(config) || !isJsonObject(live) || isAtomic(name)) return config
  const merged: JsonObject = { ...live }
  for (const [key, value] of Object.entries(config)) merged[key] = mergeApplied(live[key], value, key)
  return merged
}

function mergeList(live: readonly unknown[], config: readonly unknown[], name: string): unknown[] {
  if (isSetList(name)) return [...live, ...config.filter((item) => !live.includes(item))]
  const keys = listKeys(name, config)
  if (!keys) return [...config]
  const wanted = new Map(config.map((item) => [itemElement(item, keys), item]))
  const merged = live.map((item) => {
    const element = itemElement(item, keys)
    const over = wanted.get(element)
    wanted.delete(element)
    return over === undefined ? item : mergeApplied(item, over, '')
  })
  return [...merged, ...wanted.values()]
}

function removeFields(object: KubeObject, keys: readonly string[]): KubeObject {
  const deepestFirst = keys.map(pathOfKey).sort((a, b) => b.length - a.length)
  return deepestFirst.reduce((current, path) => removeAt(current, path, '') as KubeObject, object)
}

/** The value without what the path names; a map that this empties goes too, unless it is the root's. */
function removeAt(value: unknown, path: readonly string[], name: string): unknown {
  const [element = '', ...rest] = path
  if (Array.isArray(value)) return removeInList(value, element, rest, name)
  if (!isJsonObject(value)) return value
  const field = element.slice(2)
  const copy = { ...value }
  const child = rest.length === 0 ? undefined : removeAt(copy[field], rest, field)
  const empty = isJsonObject(child) && Object.keys(child).length === 0
  if (child === undefined || empty || (Array.isArray(child) && child.length === 0)) delete copy[field]
  else copy[field] = child
  return copy
}

function removeInList(items: unknown[], element: string, rest: readonly string[], name: string): unknown[] {
  if (element.startsWith('v:')) return items.filter((item) => `v:${JSON.stringify(item)}` !== element)
  const keys = listKeys(name, items)
  if (!keys) return items
  return items.flatMap((item) => {
    if (itemElement(item, keys) !== element) return [item]
    return rest[0] === '.' ? [] : [removeAt(item, rest, '')]
  })
}

function without(keys: ReadonlySet<string>, dropped: readonly string[]): Set<string> {
  const gone = new Set(dropped)
  return new Set([...keys].filter((key) => !gone.has(key)))
}
