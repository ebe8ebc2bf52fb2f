import type { IncomingMessage, ServerResponse } from 'node:http'
import type { User } from './access.ts'
import { authorize, reviewAccess, reviewRules, reviewSelf } from './access.ts'
import type { Api, WriteOptions } from './api.ts'
import type { Target } from './api-path.ts'
import { hasServedGroup, parseApiPath } from './api-path.ts'
import { controllersRun } from './controllers-lease.ts'
import { createObject } from './create.ts'
import { deletedBody, deleteObject } from './delete.ts'
import { discover } from './discovery.ts'
import { evict } from './evict.ts'
import { isJsonObject, textAt } from './kube-object.ts'
import { listObjects, pageOf, selectionOf } from './list.ts'
import { formOf, listFormOf, shaped, shapeOf } from './media-type.ts'
import { patchObject } from './patch.ts'
import { podProxy } from './pod-proxy.ts'
import { encodeList, encodeObject } from './protobuf-metadata.ts'
import { checkType, unsupportedDryRun } from './request-checks.ts'
import { StatusError, badRequest, noSuchResource, notFound } from './status-error.ts'
import { updateObject } from './update.ts'
import type { OpenWatch } from './watch.ts'
import { serveWatch } from './watch.ts'

export type Answer = {
  readonly code: number
  readonly body: unknown
  readonly text?: string
  readonly protobuf?: Buffer
}

export type Request = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly user: User
  /** `127.0.0.1:40123`, as the client dialled it. */
  readonly address: string
}

export type Surroundings = {
  readonly api: Api
  readonly kubernetesVersion: string
  readonly bookmarkEveryMs: number
  readonly watches: Set<OpenWatch>
}

/** Carries a request out; undefined when it became a watch, which writes its own answer. */
export function handleRequest(around: Surroundings, request: Request, response: ServerResponse): Answer | undefined {
  const kinds = around.api.store.kinds()
  const path = request.url.pathname
  if (['/healthz', '/livez', '/readyz'].includes(path)) return { code: 200, body: undefined, text: 'ok' }
  if (path === '/sandbox') return { code: 200, body: { controllers: controllersRun(around.api.store) } }
  const discovered = discover(path, kinds, around.kubernetesVersion, request.address)
  if (discovered) return { code: 200, body: discovered }
  const target = parseApiPath(path, kinds)
  if (!target && !hasServedGroup(path, kinds)) return { code: 404, body: undefined, text: '404 page not found\n' }
  if (!target) throw noSuchResource()
  return handleTarget(around, target, request, response)
}

function handleTarget(
  around: Surroundings,
  target: Target,
  request: Request,
  response: ServerResponse,
): Answer | undefined {
  const verb = verbOf(request, target)
  const { kind, subresource, namespace, name } = target
  if (kind.virtual) return { code: 201, body: review(kind.kind, request) }
  authorize(request.user, { verb, group: kind.group, resource: kind.plural, subresource, namespace, name }, kind)
  const special = podSubresource(around, target, request, verb)
  if (special) return special
  if (subresource !== '' && !(subresource === 'status' && kind.status)) throw noSuchResource()
  return VERBS[verb]?.(around, target, request, response) ?? (verb === 'watch' ? undefined : methodNotAllowed())
}

/** The two subresources of pods that are no part of the object. */
function podSubresource({ api }: Surroundings, target: Target, request: Request, verb: string): Answer | undefined {
  if (target.kind.kind !== 'Pod') return undefined
  if (target.subresource === 'proxy') return podProxy(api, target, request)
  if (target.subresource !== 'eviction') return undefined
  if (verb !== 'create') throw methodNotAllowedError()
  return { code: 201, body: evict(api, target, parseJson(request.body), writeOptions(request).dryRun) }
}

type Verb = (around: Surroundings, target: Target, request: Request, response: ServerResponse) => Answer | undefined

const VERBS: Readonly<Record<string, Verb>> = {
  get: ({ api }, target, request) => {
    const object = api.store.read(target.kind, target.namespace, target.name)
    if (!object) throw notFound(target.kind, target.name)
    const { shape, wire } = formOf(request.headers.accept)
    if (wire === 'protobuf') return { code: 200, body: undefined, protobuf: encodeObject(object.metadata) }
    return { code: 200, body: shaped(object, target.kind, shape) }
  },
  list: ({ api }, target, request) => {
    const { shape, wire } = listFormOf(request.headers.accept, target.kind)
    const query = request.url.searchParams
    if (wire === 'json') return { code: 200, body: listObjects(api, target, query, shape) }
    const { metadata, items } = pageOf(api, target, query)
    return { code: 200, body: undefined, protobuf: encodeList(metadata, items) }
  },
  watch: (around, target, request, response) => {
    const query = request.url.searchParams
    const form = formOf(request.headers.accept)
    const watch = serveWatch(around.api, target, query, form, response, around.bookmarkEveryMs)
    const open = { ...watch, path: request.url.pathname }
    around.watches.add(open)
    response.on('close', () => around.watches.delete(open))
    return undefined
  },
  create: ({ api }, target, request) => {
    checkType(request)
    const body = parseJson(request.body)
    if (textAt(body, 'metadata', 'resourceVersion')) {
      throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created')
    }
    const object = createObject(api, target, body, writeOptions(request))
    return { code: 201, body: shaped(object, target.kind, shapeOf(request.headers.accept)) }
  },
  update: ({ api }, target, request) => {
    const isNew = !api.store.read(target.kind, target.namespace, target.name)
    const object = updateObject(api, target, parseJson(request.body), writeOptions(request))
    return { code: isNew ? 201 : 200, body: shaped(object, target.kind, shapeOf(request.headers.accept)) }
  },
  patch: ({ api }, target, request) => {
    const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? ''
    const { object, created } = patchObject(api, target, type, request.body, writeOptions(request))
    return { code: created ? 201 : 200, body: shaped(object, target.kind, shapeOf(request.headers.accept)) }
  },
  delete: ({ api }, target, request) => {
    const body = request.body === '' ? {} : parseJson(request.body)
    const object = deleteObject(api, target, body, writeOptions(request).dryRun || isDryRunBody(body))
    return { code: 200, body: deletedBody(target.kind, object, body) }
  },
  deletecollection: ({ api }, target, request) => {
    const selection = selectionOf(target.kind, request.url.searchParams)
    const body = request.body === '' ? {} : parseJson(request.body)
    const list = listObjects(api, target, request.url.searchParams, shapeOf(request.headers.accept))
    for (const object of api.store.list(target.kind, target.namespace).filter(selection)) {
      const { name, namespace = '' } = object.metadata
      deleteObject(api, { ...target, name, namespace }, body, writeOptions(request).dryRun)
    }
    return { code: 200, body: list }
  },
}

function verbOf(request: Request, target: Target): string {
  const named = target.name !== ''
  switch (request.method) {
    case 'GET':
      return named ? 'get' : readingOf(request)
    case 'POST':
      return allowed('create', !named || target.subresource !== '')
    case 'PUT':
      return allowed('update', named)
    case 'PATCH':
      return allowed('patch', named)
    case 'DELETE':
      return named ? 'delete' : 'deletecollection'
    default:
      throw methodNotAllowedError()
  }
}

function readingOf(request: Request): string {
  return ['true', '1'].includes(request.url.searchParams.get('watch') ?? '') ? 'watch' : 'list'
}

function allowed(verb: string, there: boolean): string {
  if (!there) throw methodNotAllowedError()
  return verb
}

function review(kind: string, request: Request): unknown {
  const body = parseJson(request.body)
  if (kind === 'SelfSubjectAccessReview') return reviewAccess(request.user, body)
  return kind === 'SelfSubjectRulesReview' ? reviewRules(request.user, body) : reviewSelf(request.user, body)
}

function writeOptions(request: Request): WriteOptions {
  const query = request.url.searchParams
  const dryRun = query.getAll('dryRun')
  if (dryRun.some((value) => value !== 'All')) throw unsupportedDryRun(request.method, dryRun)
  const manager = query.get('fieldManager') ?? ''
  const isApply = (request.headers['content-type'] ?? '').startsWith('application/apply-patch')
  const agent = (request.headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown'
  return {
    dryRun: dryRun.length > 0,
    manager: manager === '' && !isApply ? agent : manager,
    force: query.get('force') === 'true',
    address: request.address,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest(`the object provided is unrecognized: couldn't get version/kind; json parse error`)
  }
}

function isDryRunBody(body: unknown): boolean {
  return isJsonObject(body) && Array.isArray(body['dryRun']) && body['dryRun'].includes('All')
}

function methodNotAllowed(): never {
  throw methodNotAllowedError()
}

function methodNotAllowedError(): StatusError {
  return new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {})
}
