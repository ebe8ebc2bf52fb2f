import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { isObject, textOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import type { Delivered, Parcel } from './parcels.ts'
import type { Timers } from './timers.ts'
import { changed } from './world.ts'
import type { World } from './world.ts'

type Connection = { readonly ws: WebSocket; draining: boolean }
type Waiting = { readonly from: number; readonly end: (delivered: Delivered) => void }

/** Socket Mode: the server's side of every WebSocket of the app. */
export type SocketLink = {
  /** A ticket for one connection, to be put into the URL of apps.connections.open. */
  readonly ticket: () => string
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  readonly send: (parcel: Parcel, ackMs: number) => Promise<Delivered>
  /** How many connections take payloads. */
  readonly count: () => number
  /** Asks the app to reconnect, as Slack does when it recycles a connection; all of them, or only the first `n`. */
  readonly disconnect: (reason: 'refresh_requested' | 'warning' | 'link_disabled', n?: number) => void
  /** Cuts every connection without a word. */
  readonly drop: () => void
  /** Closes every connection politely; those that do not answer within a moment are cut. */
  readonly close: () => Promise<void>
}

const pingEveryMs = 5000
const drainMs = 10_000
const closeWithinMs = 300

export function createSocketLink(world: World, timers: Timers): SocketLink {
  const server = new WebSocketServer({ noServer: true })
  const connections: Connection[] = []
  const waiting = new Map<string, Waiting>()
  const tickets = new Set<string>()
  let turn = 0
  const ready = () => connections.filter((c) => !c.draining && c.ws.readyState === c.ws.OPEN)
  const drop = () => connections.forEach((c) => c.ws.terminate())

  const accept = (ws: WebSocket) => {
    const connection = { ws, draining: false }
    ws.on('close', () => {
      connections.splice(connections.indexOf(connection), 1)
      changed(world)
    })
    ws.on('error', () => ws.terminate())
    ws.on('message', (data: Buffer) => settle(waiting, world, data.toString()))
    if (connections.push(connection) > limits.connections) return retire(connection, 'too_many_websockets', timers)
    ws.send(JSON.stringify(helloOf(world, connections.length)))
    keepAlive(ws, timers)
    changed(world)
  }

  return {
    ticket: () => {
      const ticket = randomUUID()
      tickets.add(ticket)
      return ticket
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('ticket') ?? ''
      if (!tickets.delete(ticket)) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n')
      server.handleUpgrade(request, socket, head, accept)
    },
    send: (parcel, ackMs) => {
      const open = ready()
      const chosen = open[turn++ % Math.max(open.length, 1)]
      if (chosen === undefined) return Promise.resolve({ acked: false, ms: 0, error: 'dispatch_failed' })
      return envelope(chosen, parcel, ackMs, { world, timers, waiting })
    },
    count: () => ready().length,
    disconnect: (reason, n = connections.length) => connections.slice(0, n).forEach((c) => retire(c, reason, timers)),
    drop,
    close: async () => {
      await Promise.all(connections.map(({ ws }) => closed(ws)))
      server.close()
    },
  }
}

function envelope(
  to: Connection,
  parcel: Parcel,
  ackMs: number,
  on: { world: World; timers: Timers; waiting: Map<string, Waiting> },
): Promise<Delivered> {
  const envelopeId = randomUUID()
  return new Promise((resolve) => {
    const from = on.world.now()
    const end = (delivered: Delivered) => {
      cancel()
      on.waiting.delete(envelopeId)
      resolve(parcel.takesAnswer ? delivered : withoutBody(delivered))
    }
    const cancel = on.timers.later(ackMs, () => end({ acked: false, ms: ackMs, error: 'operation_timeout' }))
    on.waiting.set(envelopeId, { from, end })
    const retry =
      parcel.retry === undefined ? {} : { retry_attempt: parcel.retry.num, retry_reason: parcel.retry.reason }
    to.ws.send(
      JSON.stringify({
        envelope_id: envelopeId,
        payload: parcel.payload,
        type: parcel.kind,
        accepts_response_payload: parcel.takesAnswer,
        ...retry,
      }),
    )
  })
}

function closed(ws: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => ws.terminate(), closeWithinMs)
    ws.on('close', () => {
      clearTimeout(cut)
      resolve()
    })
    ws.close(1001)
  })
}

function withoutBody({ body: _, ...rest }: Delivered): Delivered {
  return rest
}

function settle(waiting: Map<string, Waiting>, world: World, text: string): void {
  const message = parse(text)
  const found = waiting.get(textOf(message['envelope_id']))
  const payload = message['payload']
  const filled = isObject(payload) && Object.keys(payload).length > 0
  found?.end({ acked: true, ms: world.now() - found.from, ...(filled ? { body: payload } : {}) })
}

function parse(text: string): Json {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}

function helloOf(world: World, connections: number): Json {
  return {
    type: 'hello',
    num_connections: connections,
    debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
    connection_info: { app_id: world.bot.appId },
  }
}

function retire(connection: Connection, reason: string, timers: Timers): void {
  if (reason !== 'warning') connection.draining = true
  connection.ws.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } }))
  if (connection.draining) timers.later(drainMs, () => connection.ws.close(1000))
}

/** Slack pings; a client that misses them for 30 s reconnects. */
function keepAlive(ws: WebSocket, timers: Timers): void {
  if (ws.readyState !== ws.OPEN) return
  ws.ping()
  timers.later(pingEveryMs, () => keepAlive(ws, timers))
}
