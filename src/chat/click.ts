import { z } from 'zod'
import type { Asker } from './asker.ts'

/** What we read of a block_actions payload; everything else in it is not looked at. */
const blockActions = z.object({
  user: z.object({ id: z.string() }),
  response_url: z.string(),
  trigger_id: z.string(),
  container: z.object({ message_ts: z.string(), channel_id: z.string() }),
  message: z.object({ user: z.string().default('') }).default({ user: '' }),
  actions: z.array(z.object({ action_id: z.string(), block_id: z.string(), value: z.string().default('') })).min(1),
})

/** One press of one of our buttons. */
export type Click = Asker & {
  readonly actionId: string
  readonly blockId: string
  readonly value: string
  readonly ts: string
  readonly trigger: string
  /** Who posted the message, as Slack says. */
  readonly author: string
}

/** The click in a payload, or null when it is no button of a message (nothing of ours makes such a thing). */
export function clickOf(body: unknown): Click | null {
  const parsed = blockActions.safeParse(body)
  const action = parsed.data?.actions[0]
  if (!parsed.success || !action) return null
  const { user, container, trigger_id: trigger, response_url: responseUrl, message } = parsed.data
  return {
    user: user.id,
    channel: container.channel_id,
    responseUrl,
    actionId: action.action_id,
    blockId: action.block_id,
    value: action.value,
    ts: container.message_ts,
    trigger,
    author: message.user,
  }
}
