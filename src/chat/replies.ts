import { messageOf } from '../kernel/errors.ts'
import { sleep } from '../kernel/retry.ts'
import type { Chat } from './chat.ts'
import type { Try } from './late-answers.ts'
import { troubleOf } from './slack-errors.ts'
import type { Card } from './views/blocks.ts'

const TRIES = 3
const TIMEOUT_MS = 10_000

/** Who is answered. No URL where Slack gave none: a click in App Home or in a dialog, a dialog that was sent. */
export type Answered = { readonly url: string; readonly user: string }

/**
 * Answers one person by response_url (five uses in 30 minutes), so that it works in channels where the bot is no member; by a
 * direct message where there is none, or where it takes nothing. What Slack's trouble keeps back both ways is sent as soon as that
 * is over, without being waited for, unless a newer answer took its place. Never throws: an answer that can't be given is logged,
 * without the URL, which is a bearer capability.
 */
export async function answer(chat: Chat, to: Answered, card: Card, replace = false): Promise<void> {
  if (to.url === '') return direct(chat, to.user, card)
  const tried = await atOnce(() => send(to.url, card, replace))
  if (tried.kind === 'taken') return
  chat.log.warn('an answer goes by direct message', { trouble: tried.what })
  if (tried.kind === 'never') return direct(chat, to.user, card)
  const { kind } = await posted(chat, to.user, card)
  if (kind === 'taken') return
  const lost = (trouble: string): void => chat.log.warn('an answer could not be given', { trouble })
  chat.late.keep(to.url, () => send(to.url, card, replace), lost)
}

async function direct(chat: Chat, user: string, card: Card): Promise<void> {
  const lost = (trouble: string): void => chat.log.warn('an answer could not be given', { trouble })
  const tried = await posted(chat, user, card)
  if (tried.kind === 'never') lost(tried.what)
  // Each is one of its own: nothing says that a later one takes its place.
  if (tried.kind === 'later') chat.late.keep(`${user} ${card.text}`, () => posted(chat, user, card), lost)
}

async function posted({ reading }: Chat, user: string, { text, blocks }: Card): Promise<Try> {
  try {
    await reading.chat.postMessage({ channel: user, text, blocks })
    return { kind: 'taken' }
  } catch (error) {
    const trouble = troubleOf(error)
    const what = messageOf(error)
    if (trouble.kind === 'limited') return { kind: 'later', what, afterMs: trouble.retryAfterMs }
    return { kind: trouble.kind === 'later' ? 'later' : 'never', what }
  }
}

async function atOnce(act: () => Promise<Try>): Promise<Try> {
  for (let attempt = 1; ; attempt += 1) {
    const tried = await act()
    if (tried.kind !== 'later' || tried.afterMs !== undefined || attempt === TRIES) return tried
    await sleep(attempt * 500)
  }
}

async function send(url: string, card: Card, replace: boolean): Promise<Try> {
  const body = { response_type: 'ephemeral', replace_original: replace, text: card.text, blocks: card.blocks }
  try {
    const said = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (said.ok) return { kind: 'taken' }
    const what = `${said.status} ${(await said.text()).slice(0, 200)}`
    if (said.status === 429) return { kind: 'later', what, afterMs: retryAfterMs(said) }
    return { kind: said.status < 500 ? 'never' : 'later', what }
  } catch (error) {
    return { kind: 'later', what: messageOf(error) }
  }
}

function retryAfterMs({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after'))
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000
}
