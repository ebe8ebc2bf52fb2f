import { parse } from 'yaml'
import type { Api, WriteOptions } from './api.ts'
import { kubeTime } from './api.ts'
import type { Target } from './api-path.ts'
import { checkBody, createObject, furnish } from './create.ts'
import type { KubeObject, ManagedFieldsEntry } from './kube-object.ts'
import { isKubeObject, textAt } from './kube-object.ts'
import type { Manager } from './managed-fields.ts'
import { entriesOf, withManager } from './managed-fields.ts'
import { fieldsOf } from './field-paths.ts'
import { jsonPatch, mergePatch, strategicPatch } from './patches.ts'
import { apiVersionOf } from './resource-kinds.ts'
import { invalidOptions } from './request-checks.ts'
import { applyConfiguration } from './server-side-apply.ts'
import { StatusError, badRequest, notFound } from './status-error.ts'
import { checkName, replaceObject } from './update.ts'
import { messageOf } from '../../kernel/errors.ts'

const PATCHES: Readonly<Record<string, (live: unknown, patch: unknown) => unknown>> = {
  'application/json-patch+json': jsonPatch,
  'application/merge-patch+json': mergePatch,
  'application/strategic-merge-patch+json': strategicPatch,
}

/** PATCH of any of the four kinds. `created` says whether an apply made the object (201 instead of 200). */
export function patchObject(
  api: Api,
  target: Target,
  contentType: string,
  body: string,
  options: WriteOptions,
): { readonly object: KubeObject; readonly created: boolean } {
  if (contentType === 'application/apply-patch+yaml') return applyObject(api, target, parse(body), options)
  const patch = PATCHES[contentType]
  if (!patch) {
    throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})
  }
  const live = api.store.read(target.kind, target.namespace, target.name)
  if (!live) throw notFound(target.kind, target.name)
  const next = patch(live, parseJson(body))
  if (!isKubeObject(next)) throw badRequest('the patched object is not an object of any kind')
  checkName(target, next)
  return { object: replaceObject(api, target, live, next, options), created: false }
}

function applyObject(
  api: Api,
  target: Target,
  body: unknown,
  options: WriteOptions,
): { readonly object: KubeObject; readonly created: boolean } {
  if (options.manager === '') {
    const why = 'Required value: is required for apply patch'
    throw invalidOptions('PatchOptions', 'fieldManager', why, 'FieldValueRequired')
  }
  if (!textAt(body, 'apiVersion') || !textAt(body, 'kind')) throw badRequest('invalid object type: /, Kind=')
  const config = checkBody(target.kind, body)
  if (config.metadata.managedFields) throw badRequest('metadata.managedFields must be nil')
  const manager: Manager = {
    name: options.manager,
    operation: 'Apply',
    apiVersion: apiVersionOf(target.kind),
    time: kubeTime(api.now()),
    subresource: target.subresource,
  }
  const live = api.store.read(target.kind, target.namespace, target.name)
  if (!live) return { object: applyNew(api, target, config, manager, options), created: true }
  const applied = applyConfiguration(live, config, manager, options.force)
  const object = replaceObject(api, target, live, applied.object, options, applied.managedFields)
  return { object, created: false }
}

function applyNew(api: Api, target: Target, config: KubeObject, manager: Manager, options: WriteOptions): KubeObject {
  const named = { ...config, metadata: { ...config.metadata, name: target.name } }
  const made = createObject(api, target, named, { ...options, dryRun: true })
  const managedFields = ownedByApply(config, manager)
  const object = { ...made, metadata: { ...made.metadata, managedFields } }
  if (options.dryRun) return object
  const stored = api.store.write(target.kind, object)
  if (target.kind.kind === 'Namespace') furnish(api, stored.metadata.name)
  return stored
}

function ownedByApply(config: KubeObject, manager: Manager): ManagedFieldsEntry[] {
  return entriesOf(withManager([], manager, new Set(fieldsOf(config).keys())))
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    throw badRequest(`error decoding patch: ${messageOf(error)}`)
  }
}
