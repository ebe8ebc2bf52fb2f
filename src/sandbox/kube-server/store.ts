import type { KubeObject } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { builtInKinds, kindsOfDefinition, qualifiedName } from './resource-kinds.ts'

export type StoreEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly version: number
  readonly resource: string
  readonly object: KubeObject
  /** The object before the change, to tell whether it leaves a selection. */
  readonly before: KubeObject | undefined
}

/**
 * The objects and their history: one counter for all resource versions, as in etcd. Objects in it are never changed in
 * place: a write puts a new one, so that a reader may keep what it got.
 */
export type Store = {
  readonly version: () => number
  /** The oldest version from which a watch can still start. */
  readonly oldest: () => number
  readonly forget: () => void
  readonly read: (kind: ResourceKind, namespace: string, name: string) => KubeObject | undefined
  /** Sorted by namespace and name; of one namespace, or of all when it is empty. */
  readonly list: (kind: ResourceKind, namespace: string) => KubeObject[]
  readonly write: (kind: ResourceKind, object: KubeObject) => KubeObject
  readonly remove: (kind: ResourceKind, namespace: string, name: string) => KubeObject | undefined
  readonly since: (version: number) => StoreEvent[]
  readonly listen: (listener: (event: StoreEvent) => void) => () => void
  /** Every kind now served: the built-in ones, and those of the CustomResourceDefinitions. */
  readonly kinds: () => readonly ResourceKind[]
}

type Shelf = { readonly objects: Map<string, KubeObject>; sorted: string[] | undefined }

const HISTORY = 20_000
const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io'

export function newStore(): Store {
  const shelves = new Map<string, Shelf>()
  const listeners = new Set<(event: StoreEvent) => void>()
  let history: StoreEvent[] = []
  let version = 1
  let oldest = 1

  const shelfOf = (kind: ResourceKind): Shelf => {
    const key = qualifiedName(kind)
    const shelf = shelves.get(key) ?? { objects: new Map<string, KubeObject>(), sorted: undefined }
    shelves.set(key, shelf)
    return shelf
  }
  const record = (event: StoreEvent): void => {
    history.push(event)
    if (history.length > HISTORY * 2) {
      history = history.slice(-HISTORY)
      oldest = history[0]?.version ?? oldest
    }
    for (const listener of listeners) listener(event)
  }

  return {
    version: () => version,
    oldest: () => oldest,
    forget: () => {
      version += 1
      oldest = version
      history = []
    },
    read: (kind, namespace, name) => shelfOf(kind).objects.get(keyOf(namespace, name)),
    list: (kind, namespace) => listShelf(shelfOf(kind), namespace),
    write: (kind, object) => {
      version += 1
      const shelf = shelfOf(kind)
      const key = keyOf(object.metadata.namespace ?? '', object.metadata.name)
      const before = shelf.objects.get(key)
      const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } }
      shelf.objects.set(key, stored)
      if (!before) shelf.sorted = undefined
      record({ type: before ? 'MODIFIED' : 'ADDED', version, resource: qualifiedName(kind), object: stored, before })
      return stored
    },
    remove: (kind, namespace, name) => {
      const shelf = shelfOf(kind)
      const before = shelf.objects.get(keyOf(namespace, name))
      if (!before) return undefined
      version += 1
      shelf.objects.delete(keyOf(namespace, name))
      shelf.sorted = undefined
      const object = { ...before, metadata: { ...before.metadata, resourceVersion: String(version) } }
      record({ type: 'DELETED', version, resource: qualifiedName(kind), object, before })
      return object
    },
    since: (from) => history.filter((event) => event.version > from),
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    kinds: () => [
      ...builtInKinds,
      ...[...(shelves.get(DEFINITIONS)?.objects.values() ?? [])].flatMap(kindsOfDefinition),
    ],
  }
}

function listShelf(shelf: Shelf, namespace: string): KubeObject[] {
  shelf.sorted ??= [...shelf.objects.keys()].sort()
  const keys = namespace === '' ? shelf.sorted : shelf.sorted.filter((key) => key.startsWith(`${namespace}/`))
  return keys.flatMap((key) => shelf.objects.get(key) ?? [])
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`
}
