import type { Api } from './api.ts'
import type { Target } from './api-path.ts'
import type { KubeObject } from './kube-object.ts'
import { textAt } from './kube-object.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { apiVersionOf } from './resource-kinds.ts'
import { notFound, staleDeletion } from './status-error.ts'

/**
 * DELETE of one object with its preconditions. What it owns (by ownerReferences, or by being a namespace) goes with it at
 * once, unless propagationPolicy is Orphan; the real server's collector takes a moment for that.
 */
export function deleteObject(api: Api, target: Target, body: unknown, dryRun: boolean): KubeObject {
  const live = api.store.read(target.kind, target.namespace, target.name)
  if (!live) throw notFound(target.kind, target.name)
  checkPreconditions(target.kind, live, body)
  if (dryRun) return live
  if (textAt(body, 'propagationPolicy') === 'Orphan') freeDependents(api, live)
  api.store.remove(target.kind, target.namespace, target.name)
  if (target.kind.kind === 'Namespace') emptyNamespace(api, target.name)
  else deleteDependents(api, live)
  return live
}

/**
 * What a deletion is answered with: a Status, or the object where the real server lets go of it only later (pods, whose
 * containers end first, and everything that is deleted in the foreground).
 */
export function deletedBody(kind: ResourceKind, { metadata, ...rest }: KubeObject, body: unknown): unknown {
  const later = kind.kind === 'Pod' || kind.kind === 'Namespace'
  if (later || textAt(body, 'propagationPolicy') === 'Foreground') return { ...rest, metadata }
  const group = kind.group === '' ? {} : { group: kind.group }
  const details = { name: metadata.name, ...group, kind: kind.plural, uid: metadata.uid }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}

function checkPreconditions(kind: ResourceKind, live: KubeObject, body: unknown): void {
  const uid = textAt(body, 'preconditions', 'uid')
  if (uid !== undefined && uid !== live.metadata.uid) {
    throw staleDeletion(kind, live.metadata.name, mismatch('UID', uid, live.metadata.uid))
  }
  const version = textAt(body, 'preconditions', 'resourceVersion')
  if (version !== undefined && version !== live.metadata.resourceVersion) {
    const why = mismatch('ResourceVersion', version, live.metadata.resourceVersion)
    throw staleDeletion(kind, live.metadata.name, why)
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
  for (const object of api.store.owned(owner.metadata.uid ?? '')) removeDependent(api, object)
}

/**
 * Takes an object whose owner has gone, and what it owns in turn; leaves it where another of its owners is still there.
 * Rule: Kubernetes' garbage collector, "attemptToDeleteItem".
 */
export function removeDependent(api: Api, object: KubeObject): void {
  const { ownerReferences = [], namespace = '', name } = object.metadata
  if (ownerReferences.length === 0 || ownerReferences.some((reference) => api.store.exists(reference.uid))) return
  const kind = kindOfObject(api, object)
  if (kind && api.store.remove(kind, namespace, name)) deleteDependents(api, object)
}

/** Orphaned objects lose the reference before their owner goes, so that no collector takes them. */
function freeDependents(api: Api, owner: KubeObject): void {
  for (const object of api.store.owned(owner.metadata.uid ?? '')) {
    const kind = kindOfObject(api, object)
    const references = object.metadata.ownerReferences ?? []
    const ownerReferences = references.filter((reference) => reference.uid !== owner.metadata.uid)
    if (kind) api.store.write(kind, { ...object, metadata: { ...object.metadata, ownerReferences } })
  }
}

function kindOfObject(api: Api, object: KubeObject): ResourceKind | undefined {
  return api.store.kinds().find((kind) => kind.kind === object.kind && apiVersionOf(kind) === object.apiVersion)
}
