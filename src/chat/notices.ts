import type { Notice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import type { Homes } from './home.ts'
import type { Outbox } from './outbox.ts'
import { remind } from './reminders.ts'
import type { Verdicts } from './verdicts.ts'

/**
 * What comes from the workers, one by one. Saved before it returns, so that the job may be removed; throws only when Redis
 * can't keep it or Slack doesn't say who is in a group, so that the job is tried again.
 */
export async function handleNotice(
  parts: { chat: Chat; outbox: Outbox; verdicts: Verdicts; home: Homes },
  notice: Notice,
): Promise<void> {
  parts.home.changed()
  if (notice.kind === 'message') return parts.outbox.want(notice)
  if (notice.kind === 'remind') return remind(parts.chat, parts.outbox, notice)
  await parts.verdicts.tell(notice)
}
