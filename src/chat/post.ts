import type { WebClient } from '@slack/web-api'
import type { OutboxRow, UnsurePost } from '../ports/read-model.ts'
import type { MessageNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { cardFor, type Drawing } from './draw-message.ts'
import type { Put } from './put.ts'
import { postPace, type PostPace } from './post-pace.ts'
import { sharing, type Sharing } from './shared-channel.ts'
import { slackClient } from './slack-clients.ts'
import { troubleOf, type SlackTrouble } from './slack-errors.ts'
import { unsureBefore } from './unsure-before.ts'
import type { Card } from './views/blocks.ts'
import { hasNativeBlocks } from './views/native-blocks.ts'

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

/** One message on its way: what is wanted, and a post of it whose reply was lost. */
type Parcel = { readonly wanted: MessageNotice; readonly before: UnsurePost | null }

/**
 * Posts or edits one message. A limit holds back its own method and channel only; where Slack refuses blocks, native charts
 * and tables are sent as text with the buttons kept, and only then the text alone; a message or channel that is gone is
 * replaced in the fallback channel, with a note. A post is marked unsure in the row before it is made.
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
  return async (row, wanted) => {
    const settled = await unsureBefore(chat, row, wanted)
    if ('ok' in settled) return settled
    if (!row.ts && isLate(wanted)) return { ok: false, error: 'decided before it was posted', late: true }
    const target: Target = row.ts ? { channel: row.channel ?? wanted.channel, ts: row.ts } : { channel: wanted.channel }
    const moved = stoodElsewhere(wanted, target) ? { moved: {} } : {}
    return checked(post, target, { wanted, ...settled }, { first: !row.ts, shared: false, blocks: 'all', ...moved })
  }
}

/** A message to a person stands in a channel whose id only Slack knows. */
function stoodElsewhere({ channel }: MessageNotice, target: Target): boolean {
  return /^[CG]/.test(channel) && target.channel !== channel
}

/** What calls for somebody is no news once it is seen to: then it only changes a message that is there. */
function isLate({ card }: MessageNotice): boolean {
  if (card.card === 'call') return card.state === 'over'
  return card.card === 'reminder' && card.stage !== 'open' && card.stage !== 'start'
}

/** Approval buttons are never shown in a channel that another organisation sees. */
async function checked(post: Post, target: Target, parcel: Parcel, drawing: Drawing): Promise<Put> {
  const isShared = parcel.wanted.card.card === 'approval' ? await post.shared(target.channel) : 'no'
  if (isShared === 'unknown') return { ok: false, error: 'channel unreadable' }
  return send(post, target, parcel, { ...drawing, shared: isShared === 'yes' })
}

async function send(post: Post, target: Target, parcel: Parcel, drawing: Drawing): Promise<Put> {
  const { chat, heldUntil } = post
  const hold = holdOf(target)
  const waitMs = waitFor(post, target, parcel.wanted)
  if (waitMs > 0) return { ok: false, error: 'ratelimited', waitMs }
  const card = await cardFor(chat, parcel.wanted, drawing)
  if (!target.ts) await markUnsure(chat, target, parcel)
  const done = await attempt(post.client, target, parcel.wanted, card)
  if ('ok' in done) {
    chat.health.answered()
    return done
  }
  chat.health.failed(done)
  if (!target.ts && !(done.kind === 'later' && done.maybeDone)) {
    await chat.memory.unsure(parcel.wanted.message, parcel.before)
  }
  if (done.kind !== 'limited') return onTrouble(post, target, parcel, drawing, card, done)
  heldUntil.set(hold, chat.clocks.machine.now() + done.retryAfterMs)
  return { ok: false, error: 'ratelimited', waitMs: done.retryAfterMs }
}

function holdOf(target: Target): string {
  return `${target.ts ? 'chat.update' : 'chat.postMessage'} ${target.channel}`
}

function waitFor({ chat, heldUntil, pace }: Post, target: Target, wanted: MessageNotice): number {
  const now = chat.clocks.machine.now()
  const heldMs = (heldUntil.get(holdOf(target)) ?? 0) - now
  return heldMs > 0 || target.ts ? heldMs : pace(wanted.card.card, now)
}

/** The row must say so before the call, or a bot that dies in it leaves no trace of the post. */
async function markUnsure(chat: Chat, { channel }: Target, { wanted, before }: Parcel): Promise<void> {
  const { message, revision } = wanted
  const posts = before?.revision === revision ? before.posts + 1 : 1
  await chat.memory.unsure(message, { channel, revision, posts, at: chat.clocks.machine.now() })
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
    if (!ts) return { kind: 'later', error: 'Slack gave no ts', maybeDone: true }
    return { ok: true, channel: said.channel ?? target.channel, ts, revision: wanted.revision, posted: !target.ts }
  } catch (error) {
    return troubleOf(error)
  }
}

async function onTrouble(
  post: Post,
  target: Target,
  parcel: Parcel,
  drawing: Drawing,
  card: Card,
  trouble: Exclude<SlackTrouble, { kind: 'limited' }>,
): Promise<Put> {
  const { log } = post.chat
  const { message: name, fallbackChannel } = parcel.wanted
  if (trouble.kind === 'blocks' && drawing.blocks !== 'none') {
    log.error('Slack refused a card', { message: name, error: trouble.error, messages: [...trouble.messages] })
    return send(post, target, parcel, { ...drawing, blocks: hasNativeBlocks(card) ? 'plain' : 'none' })
  }
  if (trouble.kind === 'gone' && drawing.moved?.because === undefined) {
    const channel = fallbackChannel ?? target.channel
    log.warn('a message is posted anew', { message: name, error: trouble.error, from: target.channel, to: channel })
    return checked(post, { channel }, parcel, { ...drawing, first: true, moved: { because: trouble.error } })
  }
  log.warn('a message could not be sent', { message: name, kind: trouble.kind, error: trouble.error })
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
