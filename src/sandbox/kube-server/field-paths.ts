import { isJsonObject } from './kube-object.ts'

/** Path elements as in managedFields: `f:name`, `k:{"name":"x"}`, `v:"x"`, and `.` for the list item itself. */
export type FieldPath = readonly string[]

/** Leaf paths (as keys made by keyOfPath) with the values found there. */
export type FieldSet = Map<string, unknown>

const SEPARATOR = '\u0000'
const IGNORED_HEAD = new Set(['apiVersion', 'kind'])
const IGNORED_METADATA = new Set(
  'name namespace uid resourceVersion generation creationTimestamp managedFields generateName'.split(' '),
)

/** List-map keys of the built-in types, by field name (x-kubernetes-list-map-keys of Kubernetes 1.34). */
const KEYED_LISTS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  webhooks: ['name'],
  volumeMounts: ['mountPath'],
  ownerReferences: ['uid'],
  conditions: ['type'],
}
const SET_LISTS = new Set(['finalizers'])
const ATOMIC_MAPS = new Set(
  (
    'selector namespaceSelector objectSelector labelSelector podSelector nodeSelector ' +
    'fieldRef configMapKeyRef secretKeyRef resourceFieldRef'
  ).split(' '),
)

export function keyOfPath(path: FieldPath): string {
  return path.join(SEPARATOR)
}

export function pathOfKey(key: string): FieldPath {
  return key.split(SEPARATOR)
}

/** Every field of an object that a manager can own, with its value. Identity and bookkeeping metadata are left out. */
export function fieldsOf(object: Readonly<Record<string, unknown>>): FieldSet {
  const out: FieldSet = new Map()
  for (const [name, value] of Object.entries(object)) {
    if (IGNORED_HEAD.has(name)) continue
    const kept = name === 'metadata' ? withoutBookkeeping(value) : value
    collect(kept, name, [`f:${name}`], out)
  }
  return out
}

/** The key fields of a list under this name, or undefined for one that is replaced as a whole. */
export function listKeys(name: string, items: readonly unknown[]): readonly string[] | undefined {
  if (name === 'ports') return portKeys(items)
  return KEYED_LISTS[name]
}

export function isAtomic(name: string): boolean {
  return ATOMIC_MAPS.has(name)
}

export function isSetList(name: string): boolean {
  return SET_LISTS.has(name)
}

/** `k:{"name":"x"}` of one item of a keyed list. */
export function itemElement(item: unknown, keys: readonly string[]): string {
  const fields = isJsonObject(item) ? item : {}
  const entries = keys.map((key) => [key, fields[key] ?? (key === 'protocol' ? 'TCP' : '')])
  return `k:${JSON.stringify(Object.fromEntries(entries))}`
}

function portKeys(items: readonly unknown[]): readonly string[] | undefined {
  const all = (key: string): boolean => items.every((item) => isJsonObject(item) && item[key] !== undefined)
  if (items.length === 0) return undefined
  if (all('containerPort')) return ['containerPort', 'protocol']
  return all('port') ? ['port', 'protocol'] : undefined
}

function collect(value: unknown, name: string, path: FieldPath, out: FieldSet): void {
  if (value === undefined) return
  if (Array.isArray(value)) return collectList(value, name, path, out)
  if (!isJsonObject(value) || isAtomic(name) || Object.keys(value).length === 0) {
    if (!(path.length === 1 && isJsonObject(value))) out.set(keyOfPath(path), value)
    return
  }
  for (const [key, child] of Object.entries(value)) collect(child, key, [...path, `f:${key}`], out)
}

function collectList(items: readonly unknown[], name: string, path: FieldPath, out: FieldSet): void {
  if (isSetList(name)) {
    for (const item of items) out.set(keyOfPath([...path, `v:${JSON.stringify(item)}`]), item)
    return
  }
  const keys = listKeys(name, items)
  if (!keys || items.length === 0) {
    out.set(keyOfPath(path), items)
    return
  }
  for (const item of items) {
    const itemPath = [...path, itemElement(item, keys)]
    out.set(keyOfPath([...itemPath, '.']), true)
    for (const [key, child] of Object.entries(isJsonObject(item) ? item : {})) {
      collect(child, key, [...itemPath, `f:${key}`], out)
    }
  }
}

function withoutBookkeeping(metadata: unknown): unknown {
  if (!isJsonObject(metadata)) return metadata
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => !IGNORED_METADATA.has(name)))
}
