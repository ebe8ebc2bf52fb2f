import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { metricsText, type Metric } from './metrics-text.ts'

/** What one part (the bot, a worker) says of itself: `troubles` are whole sentences of ours, none when all is well. */
export type PartHealth = {
  readonly part: string
  readonly facts: readonly string[]
  readonly troubles: readonly string[]
  readonly metrics: readonly Metric[]
}

export type HealthServer = { readonly port: number; readonly stop: () => Promise<void> }

type Answer = { readonly status: number; readonly text: string }

const PLAIN = 'text/plain; charset=utf-8'
const PROMETHEUS = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Answers GET /livez (this process answers), /readyz (its parts have started), /healthz (503 with the reasons when
 * something is wrong) and /metrics. A revoked token mends itself by no restart, so that only /livez is for a liveness
 * probe. Rejects when the port is taken.
 */
export async function serveHealth(
  port: number,
  parts: () => readonly (() => Promise<PartHealth>)[],
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    // Not parsed as a URL: a request for `//` is none, and must not end a worker.
    const [path = '/'] = (request.url ?? '/').split('?')
    answer(path, parts()).then(
      (said) => send(response, said, path === '/metrics' ? PROMETHEUS : PLAIN),
      (error: unknown) => send(response, { status: 503, text: `trouble: ${String(error)}\n` }, PLAIN),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(path: string, parts: readonly (() => Promise<PartHealth>)[]): Promise<Answer> {
  if (path === '/livez') return { status: 200, text: 'alive\n' }
  if (path === '/readyz')
    return parts.length > 0 ? { status: 200, text: 'ready\n' } : { status: 503, text: 'starting\n' }
  if (path !== '/healthz' && path !== '/metrics') return { status: 404, text: 'not found\n' }
  const told = await Promise.all(parts.map((part) => part()))
  if (path === '/metrics') return { status: 200, text: metricsText(told.flatMap(({ metrics }) => metrics)) }
  const lines = told.flatMap(({ part, facts, troubles }) => [
    ...troubles.map((trouble) => `${part}: trouble: ${trouble}`),
    ...facts.map((fact) => `${part}: ${fact}`),
  ])
  const well = told.length > 0 && told.every(({ troubles }) => troubles.length === 0)
  return { status: well ? 200 : 503, text: `${[well ? 'ok' : 'not ok', ...lines].join('\n')}\n` }
}

function send(response: ServerResponse, { status, text }: Answer, type: string): void {
  response.writeHead(status, { 'content-type': type }).end(text)
}
