import type { WebClient } from '@slack/web-api'
import type { OutboxRow } from '../ports/read-model.ts'
import type { MessageNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { cardFor, type Drawing } from './draw-message.ts'
import { postPace, type PostPace } from './post-pace.ts'
import { sharing, type Sharing } from './shared-channel.ts'
import { slackClient } from './slack-clients.ts'
import { troubleOf, type SlackTrouble } from './slack-errors.ts'
import type { Card } from './views/blocks.ts'

/** What one attempt came to. `waitMs` is Slack's own Retry-After; without it the caller backs off. */
export type Put =
  | { readonly ok: true; readonly channel: string; readonly ts: string; readonly posted: boolean; readonly card: Card }
  | { readonly ok: false; readonly error: string; readonly waitMs?: number }

export type Poster = (row: OutboxRow, wanted: MessageNotice) => Promise<Put>

type Target = { readonly channel: string; readonly ts?: string }

type Post = {
  readonly chat: Chat
  readonly client: WebClient
  readonly shared: Sharing
  /** Until when a method may not be called for a channel. */
  readonly heldUntil: Map<string, number>
  readonly pace: PostPace
}

/**
 * Posts or edits one message. A limit holds back its own method and channel only; blocks that Slack refuses are sent again
 * as text; a message or channel that is gone is replaced in the fallback channel, with a note.
 */
export function poster(chat: Chat): Poster {
  const client = slackClient(chat.settings.botToken, chat.settings.apiUrl, chat.log)
  const post: Post = {
    chat,
    client,
    shared: sharing(chat.reading, chat.clocks.machine),
    heldUntil: new Map(),
    pace: postPace(),
  }
  return (row, wanted) => {
    const target: Target = row.ts ? { channel: row.channel ?? wanted.channel, ts: row.ts } : { channel: wanted.channel }
    return checked(post, target, wanted, { first: !row.ts, shared: false, textOnly: false })
  }
}

/** Approval buttons are never shown in a channel that another organisation sees. */
async function checked(post: Post, target: Target, wanted: MessageNotice, drawing: Drawing): Promise<Put> {
  const isShared = wanted.card.card === 'approval' ? await post.shared(target.channel) : 'no'
  if (isShared === 'unknown') return { ok: false, error: 'channel unreadable' }
  return send(post, target, wanted, { ...drawing, shared: isShared === 'yes' })
}

async function send(post: Post, target: Target, wanted: MessageNotice, drawing: Drawing): Promise<Put> {
  const { chat, heldUntil, pace } = post
  const hold = `${target.ts ? 'chat.update' : 'chat.postMessage'} ${target.channel}`
  const now = chat.clocks.machine.now()
  const heldMs = (heldUntil.get(hold) ?? 0) - now
  const waitMs = heldMs > 0 || target.ts ? heldMs : pace(wanted.card.card, now)
  if (waitMs > 0) return { ok: false, error: 'ratelimited', waitMs }
  const card = await cardFor(chat, wanted, drawing)
  const done = await attempt(post.client, target, wanted, card)
  if ('ok' in done) return done
  if (done.kind !== 'limited') return onTrouble(post, target, wanted, drawing, done)
  heldUntil.set(hold, chat.clocks.machine.now() + done.retryAfterMs)
  return { ok: false, error: 'ratelimited', waitMs: done.retryAfterMs }
}

async function attempt(
  client: WebClient,
  target: Target,
  wanted: MessageNotice,
  card: Card,
): Promise<Extract<Put, { ok: true }> | SlackTrouble> {
  try {
    const said = target.ts
      ? await client.chat.update({ ...message(wanted, card), channel: target.channel, ts: target.ts, attachments: [] })
      : await client.chat.postMessage({ ...message(wanted, card), ...quiet, channel: target.channel })
    const ts = said.ts ?? target.ts
    if (!ts) return { kind: 'later', error: 'Slack gave no ts' }
    return { ok: true, channel: said.channel ?? target.channel, ts, posted: !target.ts, card }
  } catch (error) {
    return troubleOf(error)
  }
}

async function onTrouble(
  post: Post,
  target: Target,
  wanted: MessageNotice,
  drawing: Drawing,
  trouble: Exclude<SlackTrouble, { kind: 'limited' }>,
): Promise<Put> {
  const { log } = post.chat
  if (trouble.kind === 'blocks' && !drawing.textOnly) {
    const messages = [...trouble.messages]
    log.error('Slack refused a card', { message: wanted.message, error: trouble.error, messages })
    return send(post, target, wanted, { ...drawing, textOnly: true })
  }
  if (trouble.kind === 'gone' && !drawing.movedBecause) {
    const channel = wanted.fallbackChannel ?? target.channel
    log.warn('a message is posted anew', {
      message: wanted.message,
      error: trouble.error,
      from: target.channel,
      to: channel,
    })
    return checked(post, { channel }, wanted, { ...drawing, first: true, movedBecause: trouble.error })
  }
  log.warn('a message could not be sent', { message: wanted.message, kind: trouble.kind, error: trouble.error })
  return { ok: false, error: trouble.error }
}

const quiet = { unfurl_links: false, unfurl_media: false }

function message(wanted: MessageNotice, card: Card) {
  const payload = { message: wanted.message, revision: wanted.revision }
  return {
    text: card.text,
    blocks: card.blocks,
    metadata: { event_type: 'meshferry_card', event_payload: payload },
  }
}
