import type { Api, WriteOptions } from './api.ts'
import { createObject, furnish, prepared } from './create.ts'
import { removeDependent } from './delete.ts'
import type { KubeObject } from './kube-object.ts'
import { objectAt } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { apiVersionOf, builtInKinds } from './resource-kinds.ts'
import { replaceObject } from './update.ts'

/** The objects without HTTP and access rules: for seeds, for another writer, for controllers, and for assertions. */
export type DirectAccess = {
  /** Creates or replaces the object (status too), without admission. `manager` is who managedFields will name; default `kubectl-create`. */
  readonly put: (object: KubeObject, manager?: string) => KubeObject
  /** Creates the object as a POST does, admission included. Throws the StatusError that the POST would be answered. */
  readonly create: (object: KubeObject, manager: string) => KubeObject
  /** Writes the status alone, onto the object as it is now. Throws for one that is gone. */
  readonly putStatus: (object: KubeObject, manager: string) => KubeObject
  /** Gives the pod its node, as a scheduler's binding does: managedFields don't tell of it. */
  readonly bind: (pod: KubeObject, node: string) => KubeObject
  readonly get: (apiVersion: string, kind: string, name: string, namespace?: string) => KubeObject | undefined
  readonly list: (apiVersion: string, kind: string, namespace?: string) => readonly KubeObject[]
  readonly remove: (apiVersion: string, kind: string, name: string, namespace?: string) => boolean
  /** The objects that have this uid among their ownerReferences, in no order. */
  readonly owned: (uid: string) => readonly KubeObject[]
  /** Removes the object, and what it owns in turn, unless one of its owners is still there. */
  readonly collect: (object: KubeObject) => void
  readonly resourceVersion: () => number
}

const builtIn = new Map(builtInKinds.map((kind) => [`${apiVersionOf(kind)} ${kind.kind}`, kind]))

export function createDirectAccess(api: Api): DirectAccess {
  const kindOf = (apiVersion: string, name: string): ResourceKind => {
    const known = builtIn.get(`${apiVersion} ${name}`)
    const kind = known ?? api.store.kinds().find((one) => one.kind === name && apiVersionOf(one) === apiVersion)
    if (!kind) throw new Error(`the sandbox serves no ${name} in ${apiVersion}`)
    return kind
  }
  return {
    put: (object, manager = 'kubectl-create') => {
      return put(api, kindOf(object.apiVersion, object.kind), object, optionsOf(manager))
    },
    create: (object, manager) => {
      const kind = kindOf(object.apiVersion, object.kind)
      const { namespace = '' } = object.metadata
      return createObject(api, { kind, namespace, name: '', subresource: '', rest: '' }, object, optionsOf(manager))
    },
    putStatus: (object, manager) => {
      const kind = kindOf(object.apiVersion, object.kind)
      const { name, namespace = '' } = object.metadata
      const live = api.store.read(kind, namespace, name)
      if (!live) throw new Error(`no ${kind.kind} ${namespace}/${name} whose status could be written`)
      const target = { kind, namespace, name, subresource: 'status', rest: '' }
      return replaceObject(api, target, live, { ...live, status: object['status'] }, optionsOf(manager))
    },
    bind: (pod, node) => {
      return api.store.write(kindOf('v1', 'Pod'), { ...pod, spec: { ...objectAt(pod, 'spec'), nodeName: node } })
    },
    get: (apiVersion, kind, name, namespace = '') => api.store.read(kindOf(apiVersion, kind), namespace, name),
    list: (apiVersion, kind, namespace = '') => api.store.list(kindOf(apiVersion, kind), namespace),
    remove: (apiVersion, kind, name, namespace = '') =>
      api.store.remove(kindOf(apiVersion, kind), namespace, name) !== undefined,
    owned: api.store.owned,
    collect: (object) => removeDependent(api, object),
    resourceVersion: api.store.version,
  }
}

function optionsOf(manager: string): WriteOptions {
  return { dryRun: false, manager, force: false, address: '' }
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
