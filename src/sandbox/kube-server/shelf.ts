import type { KubeObject } from './kube-object.ts'

/**
 * The objects of one kind by `namespace/name`, with their keys kept in order: a list of one namespace must not sort or
 * visit all the others while pods come and go.
 */
export type Shelf = { readonly objects: Map<string, KubeObject>; readonly keys: string[] }

export function putOnShelf(shelf: Shelf, key: string, object: KubeObject): void {
  if (!shelf.objects.has(key)) shelf.keys.splice(firstNotBefore(shelf.keys, key), 0, key)
  shelf.objects.set(key, object)
}

export function takeFromShelf(shelf: Shelf, key: string): void {
  if (shelf.objects.delete(key)) shelf.keys.splice(firstNotBefore(shelf.keys, key), 1)
}

/** Sorted by namespace and name; of one namespace, or of all when it is empty. */
export function listShelf(shelf: Shelf, namespace: string): KubeObject[] {
  const found: KubeObject[] = []
  const prefix = namespace === '' ? '' : `${namespace}/`
  for (let index = firstNotBefore(shelf.keys, prefix); index < shelf.keys.length; index += 1) {
    const key = shelf.keys[index] ?? ''
    if (!key.startsWith(prefix)) break
    const object = shelf.objects.get(key)
    if (object) found.push(object)
  }
  return found
}

/** Where the key stands, or would stand, among sorted keys. */
function firstNotBefore(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}
