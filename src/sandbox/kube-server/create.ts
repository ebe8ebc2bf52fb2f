import { randomBytes, randomUUID } from 'node:crypto'
import type { Api, WriteOptions } from './api.ts'
import { kubeTime } from './api.ts'
import type { Target } from './api-path.ts'
import { withDefaults } from './defaults.ts'
import type { KubeObject, ObjectMeta } from './kube-object.ts'
import { isJsonObject, isKubeObject } from './kube-object.ts'
import type { Manager } from './managed-fields.ts'
import { afterUpdate } from './managed-fields.ts'
import type { ResourceKind } from './resource-kinds.ts'
import { apiVersionOf, builtInKinds } from './resource-kinds.ts'
import { alreadyExists, badRequest, invalid, noSuchResource, notFound } from './status-error.ts'
import { validate } from './validation.ts'

const SAFE = 'bcdfghjklmnpqrstvwxz2456789'

/**
 * POST: checks, admits, and (unless it is a dry run) stores the object. Answers the object as it is, or would be, stored;
 * throws the StatusError that the API server would give.
 */
export function createObject(api: Api, target: Target, body: unknown, options: WriteOptions): KubeObject {
  const incoming = checkBody(target.kind, body)
  requireNamespace(api, target)
  const named = withName(target, incoming)
  const admitted = api.admission.admit(target.kind, named, options)
  const object = prepared(api, target.kind, admitted, options)
  validate(target.kind, object)
  api.admission.check(target.kind, object)
  if (api.store.read(target.kind, target.namespace, object.metadata.name)) {
    throw alreadyExists(target.kind, object.metadata.name)
  }
  if (options.dryRun) return object
  const stored = api.store.write(target.kind, object)
  if (target.kind.plural === 'namespaces') furnish(api, stored.metadata.name)
  return stored
}

/** The body as an object of this kind (the path's, where it names none), or the 400 that says what is wrong with it. */
export function checkBody(kind: ResourceKind, given: unknown): KubeObject {
  const types = { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: {} }
  const body: unknown = isJsonObject(given) ? { ...types, ...given } : given
  if (!isKubeObject(body)) throw badRequest(`the object provided is unrecognized (must be of type ${kind.kind})`)
  const wanted = apiVersionOf(kind)
  if (body.kind === kind.kind && body.apiVersion === wanted) return body
  throw badRequest(
    `${body.kind} in version "${body.apiVersion}" cannot be handled as a ${kind.kind}: no kind "${body.kind}" is ` +
      `registered for version "${body.apiVersion}" in scheme "pkg/runtime/scheme.go:110"`,
  )
}

export function managerOf(kind: ResourceKind, options: WriteOptions, now: number, subresource = ''): Manager {
  const apiVersion = apiVersionOf(kind)
  return { name: options.manager, operation: 'Update', apiVersion, time: kubeTime(now), subresource }
}

/** 404 when a namespaced object is to be created in a namespace that isn't there. */
function requireNamespace(api: Api, target: Target): void {
  if (!target.kind.namespaced) return
  if (target.namespace === '') throw noSuchResource()
  const kind = kindNamed('Namespace')
  if (!api.store.read(kind, '', target.namespace)) throw notFound(kind, target.namespace)
}

export function kindNamed(name: string): ResourceKind {
  const kind = builtInKinds.find((one) => one.kind === name)
  if (!kind) throw new Error(`no such built-in kind: ${name}`)
  return kind
}

function withName(target: Target, incoming: KubeObject): KubeObject {
  const { namespace, name, generateName } = incoming.metadata
  if (namespace && namespace !== target.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
  if (!name && !generateName) {
    const why = 'Required value: name or generateName is required'
    throw invalid(target.kind, '', 'metadata.name', why, 'FieldValueRequired')
  }
  const metadata: ObjectMeta = { ...incoming.metadata, name: name || `${generateName}${randomSuffix()}` }
  if (target.kind.namespaced) metadata.namespace = target.namespace
  return { ...incoming, metadata }
}

/** The object with defaults and the metadata that only the server writes. */
export function prepared(api: Api, kind: ResourceKind, object: KubeObject, options: WriteOptions): KubeObject {
  const { resourceVersion: _version, managedFields: _managed, ...metadata } = object.metadata
  const { status: _status, ...rest } = object
  const filled = withDefaults(kind.status ? { ...rest, metadata } : { ...object, metadata })
  const now = api.now()
  const stamped: KubeObject = {
    ...filled,
    metadata: {
      ...filled.metadata,
      uid: randomUUID(),
      creationTimestamp: kubeTime(now),
      ...(kind.generation ? { generation: 1 } : {}),
    },
  }
  const managedFields = afterUpdate(undefined, withoutStatus(stamped), managerOf(kind, options, now))
  return { ...stamped, metadata: { ...stamped.metadata, managedFields } }
}

/** What the namespace's controllers would make within a moment: pods can't be created without a service account. */
export function furnish(api: Api, namespace: string): void {
  const options: WriteOptions = { dryRun: false, manager: 'kube-controller-manager', force: false, address: '' }
  const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } }
  const root = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-root-ca.crt', namespace }, data: {} }
  for (const object of [account, root]) {
    const kind = kindNamed(object.kind)
    if (!api.store.read(kind, namespace, object.metadata.name)) {
      api.store.write(kind, prepared(api, kind, object, options))
    }
  }
}

function withoutStatus(object: KubeObject): KubeObject {
  const { status: _status, ...rest } = object
  return rest
}

function randomSuffix(): string {
  return [...randomBytes(5)].map((byte) => SAFE[byte % SAFE.length]).join('')
}
