import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { actRequest, type ActAnswer } from './acts.ts'
import { doAct } from './do-act.ts'
import { pageFile } from './page-files.ts'
import type { PageParts } from './page-parts.ts'
import { refusalOf } from './request-guard.ts'
import { stateStreams, type StateStreams } from './state-stream.ts'
import { visibleState } from './visible-state.ts'

export type RunningPage = { readonly url: string; readonly close: () => Promise<void> }

const maxBody = 100_000

/** Serves the page on 127.0.0.1, on a free port unless one is given. It answers nobody but the page itself. */
export async function startPage(parts: PageParts, port = 0): Promise<RunningPage> {
  const streams = stateStreams()
  const at = { port }
  const server = createServer((request, response) => {
    answer({ parts, streams, port: at.port }, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else send(response, 500, error instanceof Error ? error.message : 'failed')
    })
  })
  await listen(server, port)
  at.port = (server.address() as AddressInfo).port
  return {
    url: `http://127.0.0.1:${at.port}/`,
    close: async () => {
      // First nobody new comes in, or one that comes in meanwhile would be waited for.
      const closed = new Promise((resolve) => server.close(resolve))
      streams.close()
      server.closeAllConnections()
      await closed
    },
  }
}

type Serving = { readonly parts: PageParts; readonly streams: StateStreams; readonly port: number }

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refusalOf(request, serving.port)
  if (refusal !== null) return send(response, 403, refusal)
  const url = new URL(request.url ?? '/', 'http://page')
  if (request.method === 'POST' && url.pathname === '/act') return answerAct(serving.parts, request, response)
  if (request.method !== 'GET') return send(response, 405, 'The page takes GET, and POST /act.')
  if (url.pathname === '/events') return openStream(serving, url.searchParams.get('as') ?? '', response)
  const file = await pageFile(url.pathname)
  if (file === null) return send(response, 404, 'There is nothing here.')
  send(response, 200, file.body, { 'content-type': file.type, ...file.headers })
}

function openStream({ parts, streams }: Serving, as: string, response: ServerResponse): void {
  const user = as === '' ? parts.cast[0]?.user : parts.cast.find((member) => member.user === as)?.user
  if (user === undefined) return send(response, 404, 'Nobody of the cast is called this.')
  streams.open(response, () => visibleState(parts, user))
}

async function answerAct(parts: PageParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const given = actRequest.safeParse(await bodyOf(request))
  if (!given.success) return sendAnswer(response, 400, { ok: false, say: 'The page sent something that is no act.' })
  sendAnswer(response, 200, await doAct(parts, given.data.as, given.data.act))
}

/** The JSON of the body; null when it is none, or too long. */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let [body, length] = ['', 0]
  request.setEncoding('utf8')
  for await (const chunk of request as AsyncIterable<string>) {
    length += chunk.length
    // Read to its end, but not kept: leaving off would close the connection before its answer.
    if (length <= maxBody) body += chunk
  }
  if (length > maxBody) return null
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function sendAnswer(response: ServerResponse, status: number, given: ActAnswer): void {
  send(response, status, JSON.stringify(given), { 'content-type': 'application/json; charset=utf-8' })
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...headers,
  })
  response.end(body)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
}
