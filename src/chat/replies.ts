import { sleep } from '../kernel/retry.ts'
import { messageOf } from '../kernel/errors.ts'
import type { Chat } from './chat.ts'
import type { Card } from './views/blocks.ts'

const TRIES = 3
const TIMEOUT_MS = 10_000

/** Who is answered. No URL where Slack gave none: a click in App Home or in a dialog, a dialog that was sent. */
export type Answered = { readonly url: string; readonly user: string }

/**
 * Answers one person by response_url (five uses in 30 minutes), so that it works in channels where the bot is no member; by a
 * direct message where there is none, or where it takes nothing any more. Never throws: an answer that can't be given is logged, without the URL, which is a bearer
 * capability.
 */
export async function answer(chat: Chat, to: Answered, card: Card, replace = false): Promise<void> {
  if (to.url === '' || !(await byUrl(chat, to.url, card, replace))) await direct(chat, to.user, card)
}

async function direct({ reading, log }: Chat, user: string, { text, blocks }: Card): Promise<void> {
  try {
    await reading.chat.postMessage({ channel: user, text, blocks })
  } catch (error) {
    log.warn('an answer could not be given', { trouble: messageOf(error) })
  }
}

/** Whether Slack took it. */
async function byUrl({ log }: Chat, url: string, card: Card, replace: boolean): Promise<boolean> {
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const trouble = await send(url, card, replace)
    if (trouble === null) return true
    if (trouble.final || attempt === TRIES) {
      log.warn('an answer goes by direct message', { trouble: trouble.what })
      break
    }
    await sleep(attempt * 500)
  }
  return false
}

async function send(url: string, card: Card, replace: boolean): Promise<{ what: string; final: boolean } | null> {
  const body = { response_type: 'ephemeral', replace_original: replace, text: card.text, blocks: card.blocks }
  try {
    const said = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (said.ok) return null
    const text = (await said.text()).slice(0, 200)
    return { what: `${said.status} ${text}`, final: said.status < 500 && said.status !== 429 }
  } catch (error) {
    return { what: messageOf(error), final: false }
  }
}
