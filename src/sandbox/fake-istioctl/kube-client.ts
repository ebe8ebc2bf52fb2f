import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { KubeObject } from '../kube-server/kube-object.ts'
import { isKubeObject, listAt, objectAt, textAt, valueAt } from '../kube-server/kube-object.ts'
import { builtInKinds } from '../kube-server/resource-kinds.ts'

/** The few calls that istioctl makes. Errors carry the API's own message. */
export type KubeClient = {
  readonly get: (kind: string, name: string, namespace?: string) => Promise<KubeObject | undefined>
  readonly list: (kind: string, selector: string, namespace?: string) => Promise<KubeObject[]>
  readonly apply: (object: KubeObject, manager: string) => Promise<KubeObject>
  readonly create: (object: KubeObject, manager: string) => Promise<KubeObject>
  readonly update: (object: KubeObject, manager: string, subresource?: string) => Promise<KubeObject>
  /** False: it had gone already, as what a removed object owned goes with it. */
  readonly remove: (object: KubeObject) => Promise<boolean>
  /** Whether the sandbox's cluster runs by itself, or this script has to play its controllers. */
  readonly controllersRun: () => Promise<boolean>
}

class ApiError extends Error {
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

/** A client for the kubeconfig and context that the flags or KUBECONFIG name. Throws when there is none. */
export function connect(kubeconfig: string | undefined, context: string | undefined): KubeClient {
  const file = kubeconfig ?? process.env['KUBECONFIG'] ?? join(homedir(), '.kube', 'config')
  const access = readAccess(parse(readFileSync(file, 'utf8')), context)
  const call = caller(access)
  return {
    get: async (kind, name, namespace) => {
      const object = await unlessMissing(call('GET', `${pathOf(kind, namespace)}/${name}`))
      return object === undefined ? undefined : withTypes(object, kind)
    },
    list: async (kind, selector, namespace) => {
      const path = `${pathOf(kind, namespace)}?labelSelector=${encodeURIComponent(selector)}`
      return listAt(await call('GET', path), 'items').map((item) => withTypes(item, kind))
    },
    apply: async (object, manager) => {
      const path = `${objectPath(object)}?fieldManager=${manager}&force=true`
      return withTypes(await call('PATCH', path, object, 'application/apply-patch+yaml'), object.kind)
    },
    create: async (object, manager) => {
      const path = `${pathOf(object.kind, object.metadata.namespace)}?fieldManager=${manager}`
      return withTypes(await call('POST', path, object), object.kind)
    },
    update: async (object, manager, subresource) => {
      const path = `${objectPath(object)}${subresource ? `/${subresource}` : ''}?fieldManager=${manager}`
      return withTypes(await call('PUT', path, object), object.kind)
    },
    remove: async (object) => {
      const gone = await unlessMissing(call('DELETE', objectPath(object), { propagationPolicy: 'Foreground' }))
      return gone !== undefined
    },
    controllersRun: async () => valueAt(await unlessMissing(call('GET', '/sandbox')), 'controllers') === true,
  }
}

async function unlessMissing(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof ApiError && error.code === 404) return undefined
    throw error
  }
}

type Access = { readonly server: string; readonly token: string }

function readAccess(config: unknown, wanted: string | undefined): Access {
  const name = wanted ?? textAt(config, 'current-context') ?? ''
  const named = (list: string, key: string): unknown => listAt(config, list).find((one) => textAt(one, 'name') === key)
  const context = named('contexts', name)
  if (!context) throw new Error(`context "${name}" does not exist`)
  const cluster = named('clusters', textAt(context, 'context', 'cluster') ?? '')
  const user = named('users', textAt(context, 'context', 'user') ?? '')
  return { server: textAt(cluster, 'cluster', 'server') ?? '', token: textAt(user, 'user', 'token') ?? '' }
}

function caller({ server, token }: Access) {
  return async (method: string, path: string, body?: unknown, type = 'application/json'): Promise<unknown> => {
    const version = process.env['FAKE_ISTIOCTL_VERSION'] ?? 'unknown'
    const response = await fetch(`${server}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': type, 'user-agent': `istioctl/${version}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    throw new ApiError(response.status, textAt(answer, 'message') ?? `status ${response.status}`)
  }
}

function pathOf(kindName: string, namespace: string | undefined): string {
  const kind = builtInKinds.find((one) => one.kind === kindName)
  if (!kind) throw new Error(`no matches for kind "${kindName}"`)
  const base = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`
  return kind.namespaced && namespace ? `${base}/namespaces/${namespace}/${kind.plural}` : `${base}/${kind.plural}`
}

function objectPath(object: KubeObject): string {
  return `${pathOf(object.kind, object.metadata.namespace)}/${object.metadata.name}`
}

/** Items of a list carry no types; the client knows what it asked for. */
function withTypes(value: unknown, kindName: string): KubeObject {
  const kind = builtInKinds.find((one) => one.kind === kindName)
  const apiVersion = kind && kind.group !== '' ? `${kind.group}/${kind.version}` : 'v1'
  const object = { apiVersion, kind: kindName, ...objectAt(value) }
  if (!isKubeObject(object)) throw new Error(`the server answered something that is no ${kindName}`)
  return object
}
