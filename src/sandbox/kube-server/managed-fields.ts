import type { FieldPath, FieldSet } from './field-paths.ts'
import { fieldsOf, keyOfPath, pathOfKey } from './field-paths.ts'
import { canonicalJson } from '../../kernel/hash.ts'
import type { JsonObject, KubeObject, ManagedFieldsEntry } from './kube-object.ts'
import { isJsonObject } from './kube-object.ts'

/** Who writes, how and when: what one entry of managedFields says. */
export type Manager = {
  readonly name: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly time: string
  readonly subresource: string
}

/** One entry with its fields as path keys. */
export type Owned = { readonly entry: ManagedFieldsEntry; readonly keys: Set<string> }

export function ownedOf(object: KubeObject | undefined): Owned[] {
  return (object?.metadata.managedFields ?? []).map((entry) => ({ entry, keys: keysOf(entry.fieldsV1) }))
}

export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || canonicalJson({ value: a }) === canonicalJson({ value: b })
}

/**
 * managedFields after a plain write: what it changed or added belongs to its manager (operation Update) and to nobody
 * else; what it removed belongs to nobody.
 */
export function afterUpdate(before: KubeObject | undefined, after: KubeObject, manager: Manager): ManagedFieldsEntry[] {
  const old = before ? fieldsOf(before) : new Map<string, unknown>()
  const now = fieldsOf(after)
  const changed = changedKeys(old, now)
  const kept = ownedOf(before).map((owned) => ({
    entry: owned.entry,
    keys: new Set([...owned.keys].filter((key) => now.has(key) && !changed.has(key))),
  }))
  return entriesOf(changed.size === 0 ? kept : withManager(kept, manager, changed))
}

/** The same for a write of the status alone: entries without a part of it stay as they are, and are not even looked into. */
export function afterStatusUpdate(before: KubeObject, after: KubeObject, manager: Manager): ManagedFieldsEntry[] {
  const entries = before.metadata.managedFields ?? []
  const others = entries.filter((entry) => !('f:status' in entry.fieldsV1))
  const ofStatus = entries.filter((entry) => 'f:status' in entry.fieldsV1)
  if (ofStatus.some((entry) => Object.keys(entry.fieldsV1).length > 1)) return afterUpdate(before, after, manager)
  const { apiVersion, kind, metadata } = before
  const head = { apiVersion, kind, metadata: { name: metadata.name, managedFields: ofStatus } }
  const was = { ...head, status: before['status'] }
  return [...others, ...afterUpdate(was, { ...head, status: after['status'] }, manager)]
}

/** Entries with the manager's own one extended (or made) by `keys`, and its time renewed. */
export function withManager(owned: readonly Owned[], manager: Manager, keys: ReadonlySet<string>): Owned[] {
  const mine = owned.find((one) => isEntryOf(one.entry, manager))
  const entry: ManagedFieldsEntry = {
    manager: manager.name,
    operation: manager.operation,
    apiVersion: manager.apiVersion,
    time: manager.time,
    fieldsType: 'FieldsV1',
    fieldsV1: {},
    ...(manager.subresource === '' ? {} : { subresource: manager.subresource }),
  }
  return [...owned.filter((one) => one !== mine), { entry, keys: new Set([...(mine?.keys ?? []), ...keys]) }]
}

export function isEntryOf(entry: ManagedFieldsEntry, manager: Manager): boolean {
  const same = entry.manager === manager.name && entry.operation === manager.operation
  return same && (entry.subresource ?? '') === manager.subresource
}

export function entriesOf(owned: readonly Owned[]): ManagedFieldsEntry[] {
  return owned
    .filter((one) => one.keys.size > 0)
    .map((one) => ({ ...one.entry, fieldsV1: fieldsV1Of([...one.keys].map(pathOfKey)) }))
}

function changedKeys(old: FieldSet, now: FieldSet): Set<string> {
  const changed = new Set<string>()
  for (const [key, value] of now) if (!old.has(key) || !sameValue(old.get(key), value)) changed.add(key)
  return changed
}

function fieldsV1Of(paths: readonly FieldPath[]): JsonObject {
  const root: JsonObject = {}
  for (const path of paths) {
    let at = root
    for (const element of path) {
      const child = at[element]
      const next = isJsonObject(child) ? child : {}
      at[element] = next
      at = next
    }
  }
  return root
}

function keysOf(fields: unknown, path: FieldPath = [], out = new Set<string>()): Set<string> {
  const entries = isJsonObject(fields) ? Object.entries(fields) : []
  if (entries.length === 0 && path.length > 0) out.add(keyOfPath(path))
  for (const [element, child] of entries) keysOf(child, [...path, element], out)
  return out
}
