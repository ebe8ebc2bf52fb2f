import { setTimeout as sleep } from 'node:timers/promises'
import { request } from 'undici'
import { newConnections } from '../../src/cluster/connections.ts'
import { openKubeConfig } from '../../src/cluster/kube-config.ts'

/** JSON as it came, of which an expectation says what it should be. */
export type Loose = ReturnType<typeof JSON.parse>

export type WireAnswer = {
  readonly status: number
  readonly type: string
  readonly bytes: Buffer
  readonly text: string
  /** The body as JSON; null where it is none. */
  readonly body: Loose
}

export type WireCall = {
  readonly body?: unknown
  /** Instead of a body as JSON. */
  readonly text?: string
  readonly contentType?: string
  readonly accept?: string
  /** Instead of the kubeconfig's own. */
  readonly token?: string
}

/** Plain requests to an API server: nothing is tried again, no status throws. */
export type Wire = {
  readonly ask: (method: Method, path: string, call?: WireCall) => Promise<WireAnswer>
  /** What a watch sends within `ms`, or until it ends by itself. */
  readonly watch: (path: string, ms: number, accept?: string) => Promise<WireAnswer>
  readonly close: () => Promise<void>
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export function openWire(kubeconfig: string): Wire {
  const access = openKubeConfig({}, { KUBECONFIG: kubeconfig })
  const connections = newConnections(access)
  const open = async (method: Method, path: string, call: WireCall, signal?: AbortSignal) => {
    const own = await access.credentials()
    const credentials =
      call.token === undefined ? own : { headers: {}, tls: { ...own.tls, cert: undefined, key: undefined } }
    const { origin, dispatcher } = connections.open(credentials as typeof own, undefined, 'calls')
    const body = call.text ?? (call.body === undefined ? undefined : JSON.stringify(call.body))
    return request(origin + path, {
      method,
      dispatcher,
      headers: {
        ...credentials.headers,
        accept: call.accept ?? 'application/json',
        'user-agent': 'wire/1',
        ...(body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
        ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
      },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    })
  }
  return {
    ask: async (method, path, call = {}) => {
      const answer = await open(method, path, call)
      return asAnswer(answer.statusCode, answer.headers['content-type'], Buffer.from(await answer.body.arrayBuffer()))
    },
    watch: async (path, ms, accept = 'application/json') => {
      const answer = await open('GET', path, { accept })
      const chunks: Buffer[] = []
      const read = async () => {
        for await (const chunk of answer.body) chunks.push(chunk as Buffer)
      }
      const reading = read().catch(() => undefined)
      await Promise.race([reading, sleep(ms, undefined, { ref: false })])
      answer.body.destroy()
      await reading
      return asAnswer(answer.statusCode, answer.headers['content-type'], Buffer.concat(chunks))
    },
    close: connections.close,
  }
}

function asAnswer(status: number, type: string | string[] | undefined, bytes: Buffer): WireAnswer {
  const text = bytes.toString()
  return { status, type: String(type ?? ''), bytes, text, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
