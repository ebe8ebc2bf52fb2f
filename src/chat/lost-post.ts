import type { UnsurePost } from '../ports/read-model.ts'
import type { MessageNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { retireAt } from './retire-copy.ts'
import { isTokenError, troubleOf, type SlackTrouble } from './slack-errors.ts'

/** Where a post whose reply was lost stands and which revision it shows. */
type Found = { readonly kind: 'found'; readonly channel: string; readonly ts: string; readonly revision: number }

/** `absent`: it isn't there. `unknown`: we may not read this channel. */
export type LostPost = Found | { readonly kind: 'absent' } | { readonly kind: 'unknown' } | SlackTrouble

/** Slack's clock and ours may differ by so much. */
const SKEW_MS = 60_000
const PAGE = 200
const PAGES = 5

type HistoryMessage = {
  readonly ts?: string
  readonly bot_id?: string
  readonly user?: string
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: object }
}

/**
 * Looks for a message of ours by its metadata, where the token has the history scope of the channel. Further copies lose
 * their buttons at once. Never throws.
 */
export async function lostPost(chat: Chat, wanted: MessageNotice, unsure: UnsurePost): Promise<LostPost> {
  try {
    const [newest, ...copies] = await copiesOf(chat, wanted.message, unsure)
    if (!newest) return { kind: 'absent' }
    for (const copy of copies) await retireAt(chat, wanted, copy)
    return newest
  } catch (error) {
    const trouble = troubleOf(error)
    const readable = trouble.kind === 'later' || trouble.kind === 'limited'
    return readable || (trouble.kind === 'refused' && isTokenError(trouble.error)) ? trouble : { kind: 'unknown' }
  }
}

async function copiesOf(chat: Chat, message: string, { channel, at }: UnsurePost): Promise<readonly Found[]> {
  const found: Found[] = []
  let cursor = ''
  for (let page = 0; page < PAGES; page += 1) {
    const said = await chat.reading.conversations.history({
      channel,
      oldest: `${(at - SKEW_MS) / 1000}`,
      include_all_metadata: true,
      limit: PAGE,
      ...(cursor ? { cursor } : {}),
    })
    for (const each of said.messages ?? []) found.push(...ours(chat, message, channel, each))
    cursor = said.response_metadata?.next_cursor ?? ''
    if (!cursor) break
  }
  return found
}

/** Anybody may write metadata like ours: the author must be us as well. */
function ours(chat: Chat, message: string, channel: string, each: HistoryMessage): Found[] {
  const { own } = chat
  const payload: { message?: unknown; revision?: unknown } = each.metadata?.event_payload ?? {}
  const written = each.bot_id === own.botId || each.user === own.botUser
  const same = each.metadata?.event_type === 'meshferry_card' && payload.message === message
  if (!written || !same || !each.ts) return []
  return [{ kind: 'found', channel, ts: each.ts, revision: Number(payload.revision ?? -1) }]
}
