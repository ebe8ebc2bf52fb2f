import type { Json } from '../slack-server/json.ts'
import { objectOf, textOf } from '../slack-server/json.ts'
import type { SlackCall } from '../slack-server/model.ts'
import type { KubeServer } from '../kube-server/server.ts'
import type { SlackServer } from '../slack-server/server.ts'
import { approvalsOn, openDecisions } from './decisions.ts'
import { tenantWrites } from './touches.ts'

export type LossParts = {
  readonly kube: Pick<KubeServer, 'log'>
  readonly slack: SlackServer
  readonly channels: readonly string[]
}

/**
 * Looks at cluster and chat as they are now; what is returned says what was lost since: `nothing`, or what, by name. Counted
 * at the wires of the sandbox alone.
 */
export function lossesSince({ kube, slack, channels }: LossParts): () => string {
  const callsBefore = slack.calls().length
  const touchedBefore = tenantWrites(kube.log).length
  const decided = openDecisions(slack, channels).map(({ message }) => ({ message, count: approvalsOn(slack, message) }))
  return () => {
    const lost = [
      counted(unheard(slack.calls().slice(callsBefore)), 'message that has not come', 'messages that have not come'),
      counted(
        decided.filter(({ message, count }) => isLost(slack, message, count)).length,
        'decision that is no longer on its card',
        'decisions that are no longer on their cards',
      ),
      counted(
        tenantWrites(kube.log).length - touchedBefore,
        "write to a tenant's objects by Meshferry",
        "writes to tenants' objects by Meshferry",
      ),
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

/** Messages whose sending failed and for which no later one of the same or a newer revision went through. */
function unheard(calls: readonly SlackCall[]): number {
  const waiting = new Map<string, number>()
  for (const call of calls) {
    const sent = sentMessage(call)
    if (!sent) continue
    const failed = waiting.get(sent.message)
    if (!wentThrough(call)) waiting.set(sent.message, Math.max(sent.revision, failed ?? 0))
    else if (failed !== undefined && sent.revision >= failed) waiting.delete(sent.message)
  }
  return waiting.size
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
