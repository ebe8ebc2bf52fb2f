import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'

/** An object of any kind, as the API gives it. */
export type KubeObject = {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: Metadata
  readonly [field: string]: unknown
}

export type Metadata = {
  readonly name: string
  readonly namespace?: string
  readonly uid?: string
  readonly resourceVersion?: string
  readonly creationTimestamp?: string
  readonly deletionTimestamp?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[]
  readonly managedFields?: readonly { readonly manager?: string; readonly operation?: string }[]
}

export type Answer = {
  readonly status: number
  readonly auditId: string
  readonly body: unknown
  readonly text: string
}

export type KubeApi = {
  /** One request; never throws for a status. Throws when no server answers. */
  readonly ask: (method: Method, path: string, body?: unknown, contentType?: string) => Promise<Answer>
  /** One request that must succeed (2xx): its body. Throws an Error with the API's words otherwise. */
  readonly need: <T = KubeObject>(method: Method, path: string, body?: unknown, contentType?: string) => Promise<T>
  readonly list: <T extends KubeObject = KubeObject>(path: string) => Promise<readonly T[]>
  /** Lists and watches until `signal`; relists by itself whenever the watch ends or the server is away. */
  readonly follow: <T extends KubeObject>(path: string, on: OnChange<T>, signal: AbortSignal) => void
  readonly close: () => Promise<void>
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type OnChange<T> = (type: 'ADDED' | 'MODIFIED' | 'DELETED', object: T) => void
type List<T> = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly resourceVersion: string }
  readonly items: readonly T[]
}

export const MERGE_PATCH = 'application/merge-patch+json'
export const APPLY_PATCH = 'application/apply-patch+yaml'

/** Plain JSON over HTTP/1.1. With several servers the first that answers is used, so it survives a stopped one. */
export function connect(servers: readonly string[], caPem: string, token: string): KubeApi {
  const agent = new Agent({ connect: { ca: caPem }, connections: 64, bodyTimeout: 0 })
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': 'test-harness/1' }

  async function open(
    method: Method,
    path: string,
    body?: unknown,
    contentType = 'application/json',
    signal?: AbortSignal,
  ) {
    let last: unknown = new Error('no server given')
    for (const server of servers) {
      try {
        return await request(server + path, {
          method,
          dispatcher: agent,
          headers: body === undefined ? headers : { ...headers, 'content-type': contentType },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          ...(signal === undefined ? {} : { signal }),
        })
      } catch (error) {
        last = error
      }
    }
    throw last
  }

  const ask: KubeApi['ask'] = async (method, path, body, contentType) => {
    const response = await open(method, path, body, contentType)
    const text = await response.body.text()
    return {
      status: response.statusCode,
      auditId: String(response.headers['audit-id'] ?? ''),
      body: parsed(text),
      text,
    }
  }

  const need = async <T>(method: Method, path: string, body?: unknown, contentType?: string): Promise<T> => {
    const answer = await ask(method, path, body, contentType)
    if (answer.status < 300) return answer.body as T
    throw new Error(`${method} ${path} answered ${answer.status}: ${messageOf(answer)}`)
  }

  // Lists leave out what each item is; everything that reads the items wants to know.
  const list = async <T extends KubeObject>(path: string) => {
    const { apiVersion, kind, items } = await need<List<T>>('GET', path)
    return items.map((item) => ({ apiVersion, kind: kind.replace(/List$/, ''), ...item }))
  }

  async function followOnce<T extends KubeObject>(
    path: string,
    on: OnChange<T>,
    known: Map<string, T>,
    signal: AbortSignal,
  ) {
    const first = await need<List<T>>('GET', path)
    relist(known, first.items, on)
    const query = `watch=true&allowWatchBookmarks=true&resourceVersion=${first.metadata.resourceVersion}`
    const response = await open('GET', `${path}${path.includes('?') ? '&' : '?'}${query}`, undefined, undefined, signal)
    for await (const line of linesOf(response.body)) {
      const { type, object } = JSON.parse(line) as { type: string; object: T }
      if (type === 'ERROR') return
      if (type === 'BOOKMARK') continue
      const uid = object.metadata.uid ?? ''
      if (type === 'DELETED') known.delete(uid)
      else known.set(uid, object)
      on(type as 'ADDED', object)
    }
  }

  const follow: KubeApi['follow'] = (path, on, signal) => {
    const known = new Map<string, Parameters<typeof on>[1]>()
    const loop = async () => {
      while (!signal.aborted) {
        await followOnce(path, on, known, signal).catch(() => undefined)
        await sleep(200, undefined, { signal }).catch(() => undefined)
      }
    }
    void loop()
  }

  return { ask, need, list, follow, close: () => agent.destroy() }
}

/** Tells of what came and went since the last list. */
function relist<T extends KubeObject>(known: Map<string, T>, items: readonly T[], on: OnChange<T>): void {
  const now = new Map(items.map((item) => [item.metadata.uid ?? '', item]))
  for (const [uid, gone] of known) if (!now.has(uid)) on('DELETED', gone)
  known.clear()
  for (const [uid, item] of now) {
    known.set(uid, item)
    on('ADDED', item)
  }
}

/** The API's own words for a refusal. */
export function messageOf(answer: Answer): string {
  const body = answer.body as { message?: string } | null
  return body?.message ?? answer.text.slice(0, 500)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function* linesOf(body: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = ''
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
  }
}
