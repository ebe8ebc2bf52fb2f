import type { Readable } from 'node:stream'
import { request } from 'undici'
import { CodedError } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import type { ApiRoute } from '../ports/cluster.ts'
import { errorOf } from './api-errors.ts'
import { newConnections } from './connections.ts'
import type { KubeAccess, KubeCredentials } from './kube-config.ts'

export type KubeCall = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With its query. */
  readonly path: string
  readonly body?: unknown
  readonly contentType?: string
  readonly accept?: string
  /** For the whole call with its retries. */
  readonly deadlineMs?: number
  readonly via?: ApiRoute
  readonly signal?: AbortSignal
  /** Asked in the moment the request goes out; it throws to hold it back. */
  readonly guard?: () => void
}

type KubeAnswer = { readonly status: number; readonly text: string; readonly retryAfterMs: number | null }

export type KubeHttp = {
  readonly server: string
  readonly proxied: boolean
  /** Any answer of the server, whatever its status. Throws CLUSTER_UNREACHABLE {server, message} where there is none. */
  readonly answer: (call: KubeCall) => Promise<KubeAnswer>
  /** The body of a 2xx answer as JSON; a CodedError (api-errors.ts) for every other. */
  readonly json: (call: KubeCall) => Promise<unknown>
  /** The same, for a body that is no JSON. */
  readonly text: (call: KubeCall) => Promise<string>
  /** The open body of a watch; the signal ends it. Throws as `json` does. */
  readonly stream: (path: string, signal: AbortSignal, accept?: string) => Promise<Readable>
  readonly close: () => Promise<void>
}

const DEADLINE_MS = 15_000
const TRIES = 4
const FIRST_WAIT_MS = 150

/**
 * Requests to one API server with the kubeconfig's trust and credentials. Reads and dry-runs are tried again after a
 * broken connection, a 429 or a 5xx, within their deadline; a write never is, since a lost answer doesn't say whether
 * it was done: the caller looks first. A 401 drops the cached credentials and is tried once more, for rotated tokens.
 */
export function newKubeHttp(access: KubeAccess): KubeHttp {
  const connections = newConnections(access)
  const credentials = cachedCredentials(access)
  const once = async (call: KubeCall, signal: AbortSignal): Promise<KubeAnswer> => {
    const given = await credentials.get()
    return sendOn(connections.open(given, call.via, 'calls'), call, given, signal)
  }
  const answer = async (call: KubeCall): Promise<KubeAnswer> => {
    const deadline = AbortSignal.timeout(call.deadlineMs ?? DEADLINE_MS)
    const signal = call.signal ? AbortSignal.any([deadline, call.signal]) : deadline
    const first = await withRetries(call, signal, access.server, once)
    if (first.status !== 401) return first
    credentials.forget()
    return withRetries(call, signal, access.server, once)
  }
  const text = async (call: KubeCall): Promise<string> => {
    const { status, text: body } = await answer(call)
    if (status >= 300) throw errorOf(call.method, call.path, status, body, access.server)
    return body
  }
  return {
    server: access.server,
    proxied: access.proxyUrl !== undefined,
    answer,
    json: async (call) => parsed(await text(call), access.server),
    text,
    async stream(path, signal, accept = 'application/json') {
      const given = await credentials.get()
      const { origin, dispatcher } = connections.open(given, undefined, 'watches')
      const headers = { ...given.headers, accept }
      const sent = request(origin + path, { method: 'GET', headers, dispatcher, signal })
      const { statusCode, body } = await sent.catch((error: unknown) => {
        throw unreachable(access.server, error)
      })
      if (statusCode < 300) return body
      if (statusCode === 401) credentials.forget()
      throw errorOf('GET', path, statusCode, await body.text(), access.server)
    },
    close: connections.close,
  }
}

async function sendOn(
  connection: ReturnType<ReturnType<typeof newConnections>['open']>,
  call: KubeCall,
  given: KubeCredentials,
  signal: AbortSignal,
): Promise<KubeAnswer> {
  try {
    call.guard?.()
    const { statusCode, headers, body } = await request(connection.origin + call.path, {
      method: call.method,
      headers: headersOf(call, given),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      dispatcher: connection.dispatcher,
      signal,
    })
    return { status: statusCode, text: await body.text(), retryAfterMs: retryAfter(headers['retry-after']) }
  } finally {
    connection.release()
  }
}

async function withRetries(
  call: KubeCall,
  signal: AbortSignal,
  server: string,
  once: (call: KubeCall, signal: AbortSignal) => Promise<KubeAnswer>,
): Promise<KubeAnswer> {
  const tries = isRepeatable(call) ? TRIES : 1
  for (let attempt = 1; ; attempt += 1) {
    const result = await once(call, signal).catch((error: unknown) => unreachable(server, error))
    if (attempt >= tries || signal.aborted || !isWorthAnotherTry(result)) return answerOrThrow(result)
    const asked = result instanceof CodedError ? null : result.retryAfterMs
    await sleep(asked ?? waitMs(attempt), signal)
  }
}

function isWorthAnotherTry(result: KubeAnswer | CodedError): boolean {
  return result instanceof CodedError ? result.code === 'CLUSTER_UNREACHABLE' : isPassing(result.status)
}

function answerOrThrow(result: KubeAnswer | CodedError): KubeAnswer {
  if (result instanceof CodedError) throw result
  return result
}

/** A dry-run changes nothing, so it may be asked twice like a read. */
function isRepeatable(call: KubeCall): boolean {
  return call.method === 'GET' || /[?&]dryRun=All(&|$)/.test(call.path)
}

/** 500 is not among them: it is how a failing webhook answers, and the same question would get the same answer. */
function isPassing(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504
}

function waitMs(attempt: number): number {
  return FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random() / 2)
}

function retryAfter(header: string | string[] | undefined): number | null {
  const seconds = Number(Array.isArray(header) ? header[0] : header)
  return Number.isFinite(seconds) && header !== undefined ? Math.min(seconds, 10) * 1000 : null
}

function headersOf(call: KubeCall, given: KubeCredentials): Record<string, string> {
  return {
    ...given.headers,
    accept: call.accept ?? 'application/json',
    'user-agent': 'meshferry',
    ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
  }
}

function parsed(text: string, server: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = `not JSON: ${text.slice(0, 100)}`
    throw new CodedError('CLUSTER_REFUSED', { status: 200, message, server }, { cause: error })
  }
}

/** A network error as CLUSTER_UNREACHABLE; what is a CodedError already (no credentials) stays what it is. */
function unreachable(server: string, error: unknown): CodedError {
  if (error instanceof CodedError) return error
  const name = error instanceof Error ? error.name : ''
  const cause = error instanceof Error ? error.message || String(Reflect.get(error, 'code') ?? name) : String(error)
  const message = name === 'TimeoutError' ? 'no answer in time' : cause
  return new CodedError('CLUSTER_UNREACHABLE', { server, message }, { cause: error })
}

const CREDENTIALS_MS = 10_000

/** Asked for anew every 10 s and after a 401: files and tokens are rotated, but not every request should read them. */
function cachedCredentials(access: KubeAccess): { get: () => Promise<KubeCredentials>; forget: () => void } {
  let kept: { readonly at: number; readonly value: Promise<KubeCredentials> } | null = null
  const forget = (): void => {
    kept = null
  }
  return {
    forget,
    get() {
      if (kept && performance.now() - kept.at < CREDENTIALS_MS) return kept.value
      const value = access.credentials()
      value.catch(forget)
      kept = { at: performance.now(), value }
      return value
    },
  }
}
