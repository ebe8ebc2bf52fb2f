import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Clock } from '../kernel/clock.ts'
import type { BotMemory } from '../ports/read-model.ts'
import { withinTime } from './within-time.ts'

/** Slack signs with its own clock; five minutes is what Slack's verification guide allows, and Bolt checks only the past. */
const SKEW_MS = 300_000
const MEMORY_MS = 1000

/**
 * What Bolt 5.1 leaves out of verifying Slack's requests: times from the future, and the same request twice. With Redis
 * away only repeats that reach this very process are seen; nothing can be decided then anyway.
 */
export function httpGuard(inner: RequestListener, memory: BotMemory, machine: Clock): RequestListener {
  const seen = new Map<string, number>()
  return (request, response) => {
    const signature = headerOf(request, 'x-slack-signature')
    const time = Number(headerOf(request, 'x-slack-request-timestamp')) * 1000
    if (request.method !== 'POST' || signature === '') return inner(request, response)
    const now = machine.now()
    for (const [key, at] of seen) if (now - at > 2 * SKEW_MS) seen.delete(key)
    if (time > now + SKEW_MS || seen.has(signature)) return refuse(response)
    seen.set(signature, now)
    void first(memory, signature).then((fresh) => (fresh ? inner(request, response) : refuse(response)))
  }
}

async function first(memory: BotMemory, signature: string): Promise<boolean> {
  return withinTime(memory.firstTime(`http:${signature}`), MEMORY_MS).catch(() => true)
}

function refuse(response: ServerResponse): void {
  response.writeHead(401).end()
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name]
  return typeof value === 'string' ? value : ''
}
