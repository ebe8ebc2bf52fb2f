import type { KubeObject } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { builtInKinds, kindsOfDefinition, qualifiedName } from './resource-kinds.ts'
import type { StoreEvent } from './history.ts'
import { newHistory } from './history.ts'
import type { OwnerIndex } from './owner-index.ts'
import { newOwnerIndex } from './owner-index.ts'
import type { Shelf } from './shelf.ts'
import { listShelf, putOnShelf, takeFromShelf } from './shelf.ts'

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
  /** The objects that have this one among their ownerReferences, in no order. */
  readonly owned: OwnerIndex['owned']
  /** Whether an object of this uid is stored. */
  readonly exists: OwnerIndex['exists']
  /** Every kind now served: the built-in ones, and those of the CustomResourceDefinitions. */
  readonly kinds: () => readonly ResourceKind[]
}

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io'

/** An empty store. Its first write gets version 2. */
export function newStore(): Store {
  const shelves = new Map<string, Shelf>()
  const history = newHistory()
  const owners = newOwnerIndex()
  const shelfOf = (kind: ResourceKind): Shelf => {
    const key = qualifiedName(kind)
    const shelf = shelves.get(key) ?? { objects: new Map<string, KubeObject>(), keys: [] }
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
    owned: owners.owned,
    exists: owners.exists,
    list: (kind, namespace) => listShelf(shelfOf(kind), namespace),
    write: (kind, object) => {
      const version = history.next()
      const shelf = shelfOf(kind)
      const key = keyOf(object.metadata.namespace ?? '', object.metadata.name)
      const before = shelf.objects.get(key)
      const stored = atVersion(object, version)
      putOnShelf(shelf, key, stored)
      owners.follow(before, stored)
      const type = before ? 'MODIFIED' : 'ADDED'
      history.record({ type, version, resource: qualifiedName(kind), object: stored, before })
      return stored
    },
    remove: (kind, namespace, name) => {
      const shelf = shelfOf(kind)
      const before = shelf.objects.get(keyOf(namespace, name))
      if (!before) return undefined
      const version = history.next()
      takeFromShelf(shelf, keyOf(namespace, name))
      owners.follow(before, undefined)
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

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`
}
