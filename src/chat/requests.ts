import { randomBytes } from 'node:crypto'
import { isoOf } from '../kernel/clock.ts'
import { messageOf, ok, refuse, type Result } from '../kernel/errors.ts'
import { newId } from '../kernel/ids.ts'
import { keyIdOf, publicKeyOf, signText } from '../kernel/signatures.ts'
import type { Reply } from '../ports/read-model.ts'
import type { Person } from '../wire/person.ts'
import { requestBody, type Ask, type SignedRequest } from '../wire/request.ts'
import type { ChatParts } from './chat.ts'
import { withinTime } from './within-time.ts'
import { DEFAULT_TIMES } from './settings.ts'

export type Asking = {
  readonly cluster: string
  readonly ask: Ask
  readonly who?: Person
  readonly channel?: string
  /** Where the verdict is to be said. Kept before the request is sent, so that the quickest verdict finds it. */
  readonly reply?: Reply
  readonly id?: string
}

type Sender = Pick<ChatParts, 'settings' | 'memory' | 'queue' | 'clocks' | 'log'>

/** Signs and sends one request to the cluster's worker; its id, or QUEUE_UNREACHABLE. */
export async function sendRequest(chat: Sender, asking: Asking): Promise<Result<string>> {
  const now = chat.clocks.machine.now()
  const id = asking.id ?? newId('rq', now)
  const channel = asking.channel && /^[CGD][A-Z0-9]{2,}$/.test(asking.channel) ? { channel: asking.channel } : {}
  const body = requestBody.parse({
    v: 1,
    id,
    cluster: asking.cluster,
    at: isoOf(now),
    nonce: randomBytes(16).toString('hex'),
    ...channel,
    ...(asking.who ? { who: asking.who } : {}),
    ask: asking.ask,
  })
  const signed = signedBody(JSON.stringify(body), chat.settings.signingKey)
  const wait = chat.settings.times?.memory ?? DEFAULT_TIMES.memory
  try {
    if (asking.reply) await withinTime(chat.memory.keepReply(id, asking.reply), wait)
    await withinTime(chat.queue.send(asking.cluster, signed), wait)
    return ok(id)
  } catch (error) {
    const message = messageOf(error)
    chat.log.error('a request could not be queued', { cluster: asking.cluster, kind: asking.ask.kind, message })
    return refuse('QUEUE_UNREACHABLE', { cluster: asking.cluster })
  }
}

/** The exact text with its signature and the id of the key: what the worker verifies. */
function signedBody(body: string, privateKey: string): SignedRequest {
  return { body, key: keyIdOf(publicKeyOf(privateKey)), signature: signText(body, privateKey) }
}
