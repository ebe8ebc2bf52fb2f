import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AccessRule, User } from './access.ts'
import { unauthorized } from './access.ts'
import type { Answer, Request, Surroundings } from './handle-request.ts'
import { handleRequest } from './handle-request.ts'
import { PROTOBUF } from './media-type.ts'
import { StatusError, internalError, statusBody } from './status-error.ts'
import type { Trouble, Troubles } from './trouble.ts'
import { waitOut } from './trouble.ts'

export type LoggedRequest = {
  readonly at: number
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly user: string
  /** The status code sent; 0 for a connection that was broken. */
  readonly code: number
  readonly userAgent: string
  /** The address that was dialled. */
  readonly address: string
  readonly body: string
}

export type Serving = {
  readonly around: Surroundings
  readonly users: ReadonlyMap<string, User>
  readonly troubles: Troubles
  readonly log: LoggedRequest[]
  readonly now: () => number
  readonly anonymous: readonly AccessRule[]
}

const LARGEST_BODY = 3 * 1024 * 1024

/** A request listener that knows users by bearer token, plays the troubles, and logs what it answered. */
export function serveHttp(serving: Serving): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    serveOne(serving, request, response).catch(() => response.destroy())
  }
}

async function serveOne(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const came = await received(serving, request)
  const note = (code: number): void => noteAnswer(serving, came, code)
  const trouble = serving.troubles.hit(came.method, came.url)
  await waitOut(trouble)
  if (trouble?.kind === 'hangUp') return breakOff(response, note)
  const answer = attempt(() => {
    if (trouble?.kind === 'status') throw troubleError(trouble)
    return handleRequest(serving.around, admitted(came), response)
  })
  if (trouble?.kind === 'lostAnswer') return breakOff(response, note)
  note(answer?.code ?? 200)
  if (answer) send(response, answer, trouble)
}

/** A request as it came in, before anyone asked whether its sender is known. */
type Received = Omit<Request, 'url' | 'user'> & { readonly url: string; readonly user: User | undefined }

async function received(serving: Serving, request: IncomingMessage): Promise<Received> {
  const { localAddress = '', localPort = 0 } = request.socket
  return {
    body: await readBody(request),
    url: request.url ?? '/',
    method: request.method ?? 'GET',
    headers: request.headers,
    user: userOf(serving, request),
    address: `${localAddress}:${localPort}`,
  }
}

function noteAnswer(serving: Serving, { method, url, user, headers, address, body }: Received, code: number): void {
  const userAgent = headers['user-agent'] ?? ''
  serving.log.push({ at: serving.now(), method, url, user: user?.name ?? '', code, userAgent, address, body })
}

/** Throws for a sender that isn't known and for a body that is too large, in this order. */
function admitted({ user, url, ...came }: Received): Request {
  if (!user) throw unauthorized()
  if (came.body.length > LARGEST_BODY)
    throw new StatusError(413, 'RequestEntityTooLarge', 'Request entity too large: limit is 3145728')
  return { ...came, user, url: new URL(url, 'http://sandbox') }
}

function attempt(work: () => Answer | undefined): Answer | undefined {
  try {
    return work()
  } catch (error) {
    const known =
      error instanceof StatusError ? error : internalError(error instanceof Error ? (error.stack ?? '') : '')
    return { code: known.code, body: statusBody(known) }
  }
}

function send(response: ServerResponse, answer: Answer, trouble: Trouble | undefined): void {
  const body = answer.protobuf ?? answer.text ?? `${JSON.stringify(answer.body)}\n`
  const retryAfter = trouble?.kind === 'status' ? trouble.retryAfterSeconds : undefined
  response.writeHead(answer.code, {
    'Content-Type': typeOf(answer),
    'Content-Length': Buffer.byteLength(body),
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
  })
  response.end(body)
}

function typeOf({ text, protobuf }: Answer): string {
  if (protobuf) return PROTOBUF
  return text === undefined ? 'application/json' : 'text/plain; charset=utf-8'
}

function userOf(serving: Serving, request: IncomingMessage): User | undefined {
  if (request.headers.authorization === undefined && serving.anonymous.length > 0) {
    return { token: '', name: 'system:anonymous', groups: ['system:unauthenticated'], rules: serving.anonymous }
  }
  const match = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')
  return match?.[1] === undefined ? undefined : serving.users.get(match[1])
}

function troubleError(trouble: Trouble & { readonly kind: 'status' }): StatusError {
  const usual = USUAL[trouble.code] ?? { reason: 'InternalError', message: 'Internal error occurred: on demand' }
  const seconds = trouble.retryAfterSeconds
  const details = seconds === undefined ? undefined : { retryAfterSeconds: seconds }
  return new StatusError(trouble.code, usual.reason, trouble.message ?? usual.message, details)
}

const USUAL: Readonly<Record<number, { readonly reason: string; readonly message: string }>> = {
  429: { reason: 'TooManyRequests', message: 'Too many requests, please try again later.' },
  503: { reason: 'ServiceUnavailable', message: 'apiserver not ready' },
  504: { reason: 'Timeout', message: 'Timeout: request did not complete within the allotted timeout' },
}

function breakOff(response: ServerResponse, note: (code: number) => void): void {
  note(0)
  response.destroy()
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}
