import type { Api } from './api.ts'
import type { Target } from './api-path.ts'
import type { KubeObject } from './kube-object.ts'
import { textAt } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { conflict, notFound } from './status-error.ts'

/**
 * DELETE of one object with its preconditions. What it owns (by ownerReferences, or by being a namespace) goes with it at
 * once, unless propagationPolicy is Orphan; the real server's collector takes a moment for that.
 */
export function deleteObject(api: Api, target: Target, body: unknown, dryRun: boolean): KubeObject {
  const live = api.store.read(target.kind, target.namespace, target.name)
  if (!live) throw notFound(target.kind, target.name)
  checkPreconditions(target.kind, live, body)
  if (dryRun) return live
  api.store.remove(target.kind, target.namespace, target.name)
  if (target.kind.kind === 'Namespace') emptyNamespace(api, target.name)
  else if (textAt(body, 'propagationPolicy') !== 'Orphan') deleteDependents(api, live)
  return live
}

function checkPreconditions(kind: ResourceKind, live: KubeObject, body: unknown): void {
  const uid = textAt(body, 'preconditions', 'uid')
  if (uid !== undefined && uid !== live.metadata.uid) {
    throw conflict(kind, live.metadata.name, mismatch('UID', uid, live.metadata.uid))
  }
  const version = textAt(body, 'preconditions', 'resourceVersion')
  if (version !== undefined && version !== live.metadata.resourceVersion) {
    throw conflict(kind, live.metadata.name, mismatch('ResourceVersion', version, live.metadata.resourceVersion))
  }
}

function mismatch(what: string, wanted: string, found: string | undefined): string {
  const rest =
    what === 'UID' ? 'The object might have been deleted and then recreated' : 'The object might have been modified'
  return `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${found}). ${rest}`
}

function emptyNamespace(api: Api, namespace: string): void {
  for (const kind of api.store.kinds().filter((one) => one.namespaced)) {
    for (const object of api.store.list(kind, namespace)) api.store.remove(kind, namespace, object.metadata.name)
  }
}

function deleteDependents(api: Api, owner: KubeObject): void {
  const uid = owner.metadata.uid
  for (const kind of api.store.kinds()) {
    for (const object of api.store.list(kind, owner.metadata.namespace ?? '')) {
      if (!object.metadata.ownerReferences?.some((reference) => reference.uid === uid)) continue
      api.store.remove(kind, object.metadata.namespace ?? '', object.metadata.name)
      deleteDependents(api, object)
    }
  }
}
