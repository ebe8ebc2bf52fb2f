import type { OutboxRow, UnsurePost } from '../ports/read-model.ts'
import type { MessageNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { lostPost } from './lost-post.ts'
import type { Put } from './put.ts'
import { troubleOf, type SlackTrouble } from './slack-errors.ts'

/** One post and one more: a third copy of the same revision would help nobody. */
const MOST_POSTS = 2

/**
 * What came of an earlier post whose reply was lost, before anything else is sent: found in the channel it is taken as ours;
 * surely not there it is forgotten; where we may not look it is posted once more, and only while Slack answers at all.
 */
export async function unsureBefore(
  chat: Chat,
  row: OutboxRow,
  wanted: MessageNotice,
): Promise<Put | { readonly before: UnsurePost | null }> {
  const { unsure } = row
  if (!unsure) return { before: null }
  const lost = await lostPost(chat, wanted, unsure)
  if (lost.kind === 'found') {
    const { channel, ts, revision } = lost
    chat.log.info('a post whose reply was lost is found', { message: row.message, channel, ts })
    return { ok: true, channel, ts, revision, posted: true }
  }
  if (lost.kind !== 'absent' && lost.kind !== 'unknown') return failed(chat, lost)
  const restMs = unsure.at + chat.times.lostReply - chat.clocks.machine.now()
  if (restMs > 0) return { ok: false, error: 'the last post may still arrive', waitMs: restMs }
  if (lost.kind === 'absent') return { before: null }
  if (unsure.revision === wanted.revision && unsure.posts >= MOST_POSTS) {
    return { ok: false, error: 'the reply was lost twice', lost: true }
  }
  const silent = await chat.reading.auth.test().then(
    () => null,
    (error: unknown) => troubleOf(error),
  )
  return silent ? failed(chat, silent) : { before: unsure }
}

function failed(chat: Chat, trouble: SlackTrouble): Put {
  chat.health.failed(trouble)
  if (trouble.kind === 'limited') return { ok: false, error: 'ratelimited', waitMs: trouble.retryAfterMs }
  return { ok: false, error: trouble.error }
}
