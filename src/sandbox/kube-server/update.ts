import { canonicalJson } from '../../kernel/hash.ts'
import type { Api, WriteOptions } from './api.ts'
import type { Target } from './api-path.ts'
import { checkBody, createObject, managerOf } from './create.ts'
import { withDefaults } from './defaults.ts'
import type { KubeObject, ManagedFieldsEntry } from './kube-object.ts'
import { afterStatusUpdate, afterUpdate } from './managed-fields.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { badRequest, conflict, invalidResource, notFound } from './status-error.ts'
import { validate } from './validation.ts'

/** PUT: replaces an object, guarded by its resourceVersion and uid where the body carries them. */
export function updateObject(api: Api, target: Target, body: unknown, options: WriteOptions): KubeObject {
  const incoming = checkBody(target.kind, body)
  const live = api.store.read(target.kind, target.namespace, target.name)
  if (!live && target.kind.createOnUpdate) return createObject(api, target, incoming, options)
  if (!live) throw notFound(target.kind, target.name)
  checkName(target, incoming)
  if (!incoming.metadata.resourceVersion && target.kind.needsVersion) {
    const why = 'Invalid value: 0: must be specified for an update'
    throw invalidResource(target.kind, target.name, 'metadata.resourceVersion', why)
  }
  return replaceObject(api, target, live, incoming, options)
}

/**
 * Puts `next` in the place of `live`: checks version and uid, keeps what a client may not change, counts the generation,
 * writes managedFields (the given ones for an apply, else those of a plain update). A write that changes nothing keeps
 * the resourceVersion, as in Kubernetes.
 */
export function replaceObject(
  api: Api,
  target: Target,
  live: KubeObject,
  next: KubeObject,
  options: WriteOptions,
  managedFields?: ManagedFieldsEntry[],
): KubeObject {
  checkVersion(target.kind, live, next)
  if (target.subresource === 'status' && !managedFields) return replaceStatus(api, target, live, next, options)
  const kept = keepServerFields(target, live, withDefaultsOnUpdate(target.kind, next))
  if (sameContent(live, kept) && !managedFieldsDiffer(live, managedFields)) return live
  const counted = withGeneration(target.kind, live, kept)
  const manager = managerOf(target.kind, options, api.now(), target.subresource)
  const managed = managedFields ?? afterUpdate(live, counted, manager)
  const object = { ...counted, metadata: { ...counted.metadata, managedFields: managed } }
  validate(target.kind, object)
  return options.dryRun ? object : api.store.write(target.kind, object)
}

/** A status written by a controller: pods get several of these, so nothing else of the object is compared. */
function replaceStatus(
  api: Api,
  target: Target,
  live: KubeObject,
  next: KubeObject,
  options: WriteOptions,
): KubeObject {
  const changed: KubeObject = { ...live, status: withDefaultsOnUpdate(target.kind, next)['status'] }
  if (canonicalJson({ status: live['status'] }) === canonicalJson({ status: changed['status'] })) return live
  const manager = managerOf(target.kind, options, api.now(), 'status')
  const managedFields = afterStatusUpdate(live, changed, manager)
  const object = { ...changed, metadata: { ...live.metadata, managedFields } }
  return options.dryRun ? object : api.store.write(target.kind, object)
}

/** 400 for a body that names another object than the address. */
export function checkName(target: Target, { metadata: { name } }: KubeObject): void {
  if (name === target.name) return
  throw badRequest(`the name of the object (${name}) does not match the name on the URL (${target.name})`)
}

function checkVersion(kind: ResourceKind, live: KubeObject, next: KubeObject): void {
  const { resourceVersion, uid, name } = next.metadata
  if (uid && uid !== live.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`
    const key = ['/registry', kind.plural, live.metadata.namespace, name].filter(Boolean).join('/')
    const stored = `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ${why}`
    throw conflict(kind, name, stored)
  }
  if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) throw conflict(kind, name)
}

function keepServerFields(target: Target, live: KubeObject, next: KubeObject): KubeObject {
  const { kind, subresource } = target
  const identity = {
    name: live.metadata.name,
    ...(live.metadata.namespace ? { namespace: live.metadata.namespace } : {}),
    ...(live.metadata.uid ? { uid: live.metadata.uid } : {}),
    ...(live.metadata.resourceVersion ? { resourceVersion: live.metadata.resourceVersion } : {}),
    ...(live.metadata.creationTimestamp ? { creationTimestamp: live.metadata.creationTimestamp } : {}),
    ...(live.metadata.generation ? { generation: live.metadata.generation } : {}),
    ...(live.metadata.managedFields ? { managedFields: live.metadata.managedFields } : {}),
  }
  if (subresource === 'status') return { ...live, status: next['status'] }
  const metadata = { ...next.metadata, ...identity }
  if (!kind.status) return { ...next, metadata }
  const { status: _status, ...rest } = next
  return { ...rest, metadata, ...(live['status'] === undefined ? {} : { status: live['status'] }) }
}

function withDefaultsOnUpdate(kind: ResourceKind, next: KubeObject): KubeObject {
  return kind.kind === 'CustomResourceDefinition' ? next : withDefaults(next)
}

function withGeneration(kind: ResourceKind, live: KubeObject, next: KubeObject): KubeObject {
  if (!kind.generation || contentOf(live) === contentOf(next)) return next
  return { ...next, metadata: { ...next.metadata, generation: (live.metadata.generation ?? 1) + 1 } }
}

function contentOf(object: KubeObject): string {
  const { metadata: _metadata, status: _status, ...content } = object
  return canonicalJson(content)
}

function sameContent(live: KubeObject, next: KubeObject): boolean {
  return canonicalJson(live) === canonicalJson(next)
}

function managedFieldsDiffer(live: KubeObject, managed: ManagedFieldsEntry[] | undefined): boolean {
  if (!managed) return false
  const shape = (entries: readonly ManagedFieldsEntry[]): string =>
    canonicalJson(entries.map(({ time: _time, ...entry }) => entry).sort((a, b) => (a.manager < b.manager ? -1 : 1)))
  return shape(live.metadata.managedFields ?? []) !== shape(managed)
}
