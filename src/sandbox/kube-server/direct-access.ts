import type { Api, WriteOptions } from './api.ts'
import { furnish, prepared } from './create.ts'
import type { KubeObject } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { apiVersionOf } from './resource-kinds.ts'
import { replaceObject } from './update.ts'

/** The objects without HTTP, access rules and admission: for seeds, for another writer, and for assertions. */
export type DirectAccess = {
  /** Creates or replaces the object (status too). `manager` is who managedFields will name; default `kubectl-create`. */
  readonly put: (object: KubeObject, manager?: string) => KubeObject
  readonly get: (apiVersion: string, kind: string, name: string, namespace?: string) => KubeObject | undefined
  readonly list: (apiVersion: string, kind: string, namespace?: string) => readonly KubeObject[]
  readonly remove: (apiVersion: string, kind: string, name: string, namespace?: string) => boolean
  readonly resourceVersion: () => number
}

export function createDirectAccess(api: Api): DirectAccess {
  const kindOf = (apiVersion: string, name: string): ResourceKind => {
    const kind = api.store.kinds().find((one) => one.kind === name && apiVersionOf(one) === apiVersion)
    if (!kind) throw new Error(`the sandbox serves no ${name} in ${apiVersion}`)
    return kind
  }
  return {
    put: (object, manager = 'kubectl-create') => {
      const kind = kindOf(object.apiVersion, object.kind)
      return put(api, kind, object, { dryRun: false, manager, force: false, address: '' })
    },
    get: (apiVersion, kind, name, namespace = '') => api.store.read(kindOf(apiVersion, kind), namespace, name),
    list: (apiVersion, kind, namespace = '') => api.store.list(kindOf(apiVersion, kind), namespace),
    remove: (apiVersion, kind, name, namespace = '') =>
      api.store.remove(kindOf(apiVersion, kind), namespace, name) !== undefined,
    resourceVersion: api.store.version,
  }
}

function put(api: Api, kind: ResourceKind, object: KubeObject, options: WriteOptions): KubeObject {
  const { name, namespace = '' } = object.metadata
  const live = api.store.read(kind, namespace, name)
  if (live) {
    const target = { kind, namespace, name, subresource: '', rest: '' }
    const replaced = replaceObject(api, target, live, object, options)
    const status = object['status']
    return status === undefined ? replaced : api.store.write(kind, { ...replaced, status })
  }
  const made = prepared(api, kind, object, options)
  const { status } = object
  const created = object.metadata.creationTimestamp
  const metadata = { ...made.metadata, ...(created ? { creationTimestamp: created } : {}) }
  const stored = api.store.write(kind, { ...made, metadata, ...(status === undefined ? {} : { status }) })
  if (kind.kind === 'Namespace') furnish(api, name)
  return stored
}
