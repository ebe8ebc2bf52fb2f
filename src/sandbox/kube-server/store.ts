import type { KubeObject } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { builtInKinds, kindsOfDefinition, qualifiedName } from './resource-kinds.ts'
import type { StoreEvent } from './history.ts'
import { newHistory } from './history.ts'

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

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io'

/** An empty store. Its first write gets version 2. */
export function newStore(): Store {
  const shelves = new Map<string, Shelf>()
  const history = newHistory()
  const shelfOf = (kind: ResourceKind): Shelf => {
    const key = qualifiedName(kind)
    const shelf = shelves.get(key) ?? { objects: new Map<string, KubeObject>(), sorted: undefined }
    shelves.set(key, shelf)
    return shelf
  }

  return {
    version: history.version,
    oldest: history.oldest,
    forget: history.forget,
    since: history.since,
    listen: history.listen,
    read: (kind, namespace, name) => shelfOf(kind).objects.get(keyOf(namespace, name)),
    list: (kind, namespace) => listShelf(shelfOf(kind), namespace),
    write: (kind, object) => {
      const version = history.next()
      const shelf = shelfOf(kind)
      const key = keyOf(object.metadata.namespace ?? '', object.metadata.name)
      const before = shelf.objects.get(key)
      const stored = atVersion(object, version)
      shelf.objects.set(key, stored)
      if (!before) shelf.sorted = undefined
      const type = before ? 'MODIFIED' : 'ADDED'
      history.record({ type, version, resource: qualifiedName(kind), object: stored, before })
      return stored
    },
    remove: (kind, namespace, name) => {
      const shelf = shelfOf(kind)
      const before = shelf.objects.get(keyOf(namespace, name))
      if (!before) return undefined
      const version = history.next()
      shelf.objects.delete(keyOf(namespace, name))
      shelf.sorted = undefined
      const object = atVersion(before, version)
      history.record({ type: 'DELETED', version, resource: qualifiedName(kind), object, before })
      return object
    },
    kinds: () => [
      ...builtInKinds,
      ...[...(shelves.get(DEFINITIONS)?.objects.values() ?? [])].flatMap(kindsOfDefinition),
    ],
  }
}

function atVersion(object: KubeObject, version: number): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } }
}

function listShelf(shelf: Shelf, namespace: string): KubeObject[] {
  shelf.sorted ??= [...shelf.objects.keys()].sort()
  const keys = namespace === '' ? shelf.sorted : shelf.sorted.filter((key) => key.startsWith(`${namespace}/`))
  return keys.flatMap((key) => shelf.objects.get(key) ?? [])
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`
}
