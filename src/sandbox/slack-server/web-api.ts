import type { IncomingMessage, ServerResponse } from 'node:http'
import { isObject, textOf, wordOf } from './json.ts'
import type { Json } from './json.ts'
import { decodeJsonArguments } from './messages.ts'
import { no } from './method.ts'
import type { Context } from './method.ts'
import { methods } from './methods.ts'
import type { RateGate } from './rate-limits.ts'
import type { ResponseUrls } from './response-urls.ts'
import type { Timers } from './timers.ts'
import type { Failure, Troubles } from './trouble.ts'
import { changed } from './world.ts'
import type { World } from './world.ts'

export type WebParts = {
  readonly world: World
  readonly context: Context
  readonly troubles: Troubles
  readonly rates: RateGate
  readonly responseUrls: ResponseUrls
  readonly timers: Timers
}

type Reply = { readonly status: number; readonly body: Json | string; readonly headers?: Record<string, string> }

const maxBody = 4_000_000

/** Answers one HTTP request: a Web API method under /api/, or a response_url. */
export async function handleRequest(
  parts: WebParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const away = parts.troubles.away
  if (away === 'refused') return void request.socket.destroy()
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  const raw = await read(request)
  if (away === '5xx') return send(response, { status: 503, body: 'Service Unavailable' })
  const [, root, name = ''] = url.pathname.split('/')
  if (root === 'response') return serve(parts, 'response_url', response, raw, () => useResponseUrl(parts, name, raw))
  if (root === 'api')
    return serve(parts, name, response, argumentsOf(request, url, raw), () =>
      callMethod(parts, name, request, argumentsOf(request, url, raw)),
    )
  send(response, { status: 404, body: 'not found' })
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBody) throw new Error('request body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}

/** Carries out a call with whatever trouble is set for it, and writes it down. */
function serve(
  parts: WebParts,
  method: string,
  response: ServerResponse,
  given: Json | string,
  run: () => Reply,
): void {
  const failure = parts.troubles.take(method)
  const reply = (failure === undefined ? undefined : instead(failure)) ?? run()
  const { token: _, ...args } = typeof given === 'string' ? parse(given) : given
  const answer = isObject(reply.body) ? reply.body : { text: reply.body }
  const dropped = failure?.dropReply === true
  parts.world.calls.push({ method, args, at: parts.world.now(), ...(dropped ? {} : { status: reply.status, answer }) })
  changed(parts.world)
  if (dropped) return void response.destroy()
  if (failure?.delayMs === undefined) return send(response, reply)
  parts.timers.later(failure.delayMs, () => send(response, reply))
}

/** The answer that takes the place of the call, which is then not carried out. */
function instead(failure: Failure): Reply | undefined {
  if (failure.retryAfter !== undefined) return limited(failure.retryAfter)
  if (failure.error !== undefined) return { status: failure.status ?? 200, body: no(failure.error) }
  return failure.status === undefined ? undefined : { status: failure.status, body: 'Error' }
}

function limited(seconds: number): Reply {
  return { status: 429, body: no('ratelimited'), headers: { 'retry-after': String(seconds) } }
}

function useResponseUrl(parts: WebParts, id: string, raw: string): Reply {
  return parts.responseUrls.use(id, parse(raw))
}

function callMethod(parts: WebParts, name: string, request: IncomingMessage, args: Json): Reply {
  const method = methods.get(name)
  if (method === undefined) return { status: 200, body: no('unknown_method') }
  const refused = checkToken(parts.world, tokenOf(request, args), method.token)
  if (refused !== undefined) return { status: 200, body: no(refused) }
  const wait = parts.rates.waitFor(name, args, parts.world.now())
  if (wait > 0) return limited(wait)
  const needed = method.scopes(parts.world, args)
  const headers = { 'x-oauth-scopes': [...parts.world.scopes].join(','), 'x-accepted-oauth-scopes': needed.join(',') }
  if (needed.length > 0 && !needed.some((scope) => parts.world.scopes.has(scope))) {
    return {
      status: 200,
      body: { ...no('missing_scope'), needed: needed.join(','), provided: [...parts.world.scopes].join(',') },
      headers,
    }
  }
  return { status: 200, body: method.run(parts.context, decodeJsonArguments(args)), headers }
}

function tokenOf(request: IncomingMessage, args: Json): string | undefined {
  const header = request.headers.authorization
  return header?.startsWith('Bearer ') === true ? wordOf(header.slice(7)) : wordOf(args['token'])
}

function checkToken(world: World, token: string | undefined, wanted: 'bot' | 'app'): string | undefined {
  if (token === undefined) return 'not_authed'
  if (world.revoked.has(token)) return 'token_revoked'
  if (token !== world.botToken && token !== world.appToken) return 'invalid_auth'
  return token === (wanted === 'bot' ? world.botToken : world.appToken) ? undefined : 'not_allowed_token_type'
}

function argumentsOf(request: IncomingMessage, url: URL, raw: string): Json {
  const query = Object.fromEntries(url.searchParams)
  if (textOf(request.headers['content-type']).startsWith('application/json')) return { ...query, ...parse(raw) }
  return { ...query, ...Object.fromEntries(new URLSearchParams(raw)) }
}

function parse(raw: string): Json {
  try {
    const value: unknown = JSON.parse(raw)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function send(response: ServerResponse, reply: Reply): void {
  const json = isObject(reply.body)
  response.writeHead(reply.status, {
    'content-type': json ? 'application/json; charset=utf-8' : 'text/plain',
    ...reply.headers,
  })
  response.end(json ? JSON.stringify(reply.body) : reply.body)
}
