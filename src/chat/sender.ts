import { z } from 'zod'
import type { Asker } from './asker.ts'

const submission = z.object({ user: z.object({ id: z.string() }) })

/** Who sent a dialog. Slack gives no URL to answer to, so it is a message of its own. Null where nothing says who it was. */
export function senderOf(body: unknown): Asker | null {
  const { data } = submission.safeParse(body)
  return data ? { user: data.user.id, channel: '', responseUrl: '' } : null
}
