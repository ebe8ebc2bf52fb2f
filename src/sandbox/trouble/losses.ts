import type { Json } from '../slack-server/json.ts'
import { objectOf, textOf } from '../slack-server/json.ts'
import type { SlackCall } from '../slack-server/model.ts'
import type { KubeServer } from '../kube-server/server.ts'
import type { SlackServer } from '../slack-server/server.ts'
import { approvalsOn, openDecisions } from './decisions.ts'
import { countTenantWrites } from './touches.ts'

export type LossParts = {
  readonly kube: Pick<KubeServer, 'log'>
  readonly slack: SlackServer
  readonly channels: readonly string[]
}

/**
 * Looks at cluster and chat as they are now; what is returned says what was lost since: `nothing`, or what, by name. Counted
 * at the wires of the sandbox alone, and each line of them is read once.
 */
export function lossesSince({ kube, slack, channels }: LossParts): () => string {
  const unheard = countUnheard(slack)
  const touched = countTenantWrites(kube.log, kube.log.length)
  const decided = openDecisions(slack, channels).map(({ message }) => ({ message, count: approvalsOn(slack, message) }))
  return () => {
    const lost = [
      counted(unheard(), 'message that has not come', 'messages that have not come'),
      counted(
        decided.filter(({ message, count }) => isLost(slack, message, count)).length,
        'decision that is no longer on its card',
        'decisions that are no longer on their cards',
      ),
      counted(touched(), "write to a tenant's objects by Meshferry", "writes to tenants' objects by Meshferry"),
    ].filter((text) => text !== '')
    return lost.length === 0 ? 'nothing' : lost.join(', ')
  }
}

type Message = Parameters<SlackServer['text']>[0]

/** A card that vanished, or that counts fewer approvals than before while it can still be decided. */
function isLost(slack: SlackServer, { channel, ts }: Message, before: number | null): boolean {
  const now = slack.message(channel, ts)
  if (!now || now.deleted) return true
  const count = approvalsOn(slack, now)
  return before !== null && count !== null && count < before
}

/** Messages whose sending failed since now and for which no later one of the same or a newer revision went through. */
function countUnheard(slack: SlackServer): () => number {
  const waiting = new Map<string, number>()
  let read = slack.callsFrom(0).length
  return () => {
    const calls = slack.callsFrom(read)
    for (const call of calls) note(waiting, call)
    read += calls.length
    return waiting.size
  }
}

function note(waiting: Map<string, number>, call: SlackCall): void {
  const sent = sentMessage(call)
  if (!sent) return
  const failed = waiting.get(sent.message)
  if (!wentThrough(call)) waiting.set(sent.message, Math.max(sent.revision, failed ?? 0))
  else if (failed !== undefined && sent.revision >= failed) waiting.delete(sent.message)
}

function sentMessage({ method, args }: SlackCall): { readonly message: string; readonly revision: number } | null {
  if (method !== 'chat.postMessage' && method !== 'chat.update') return null
  const payload = objectOf(objectOf(parsed(args['metadata']))['event_payload'])
  const message = textOf(payload['message'])
  return message === '' ? null : { message, revision: Number(payload['revision'] ?? 0) }
}

/** Form fields carry it as JSON text. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return undefined
  }
}

function wentThrough({ status, answer }: SlackCall): boolean {
  return status === 200 && answer?.['ok'] === true
}

function counted(n: number, one: string, many: string): string {
  return n <= 0 ? '' : `${n} ${n === 1 ? one : many}`
}
