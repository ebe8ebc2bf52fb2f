import { z } from 'zod'
import type { Asker } from './asker.ts'

const option = z.object({ value: z.string().default('') })

/** What an element carries, by its kind: a button's value, what was selected, the day that was picked. */
const action = z.object({
  action_id: z.string(),
  block_id: z.string(),
  value: z.string().nullish(),
  selected_option: option.nullish(),
  selected_date: z.string().nullish(),
})

const body = {
  user: z.object({ id: z.string() }),
  trigger_id: z.string(),
  actions: z.array(action).min(1),
}

/** What we read of a block_actions payload; everything else in it is not looked at. */
const onMessage = z.object({
  ...body,
  response_url: z.string(),
  container: z.object({ message_ts: z.string(), channel_id: z.string() }),
  message: z.object({ user: z.string().default('') }).default({ user: '' }),
})
const onView = z.object({
  ...body,
  view: z.object({ id: z.string(), hash: z.string().default(''), private_metadata: z.string().default('') }),
})

/** App Home or a dialog, in which something was clicked; `hash` guards its update, `metadata` is what we gave it. */
type ClickedView = { readonly id: string; readonly hash: string; readonly metadata: string }

/** One press, choice or picked day of an element of ours. */
export type Click = Asker & {
  readonly actionId: string
  readonly blockId: string
  /** A button's own value, the value of the option that was selected, or the day that was picked. */
  readonly value: string
  /** Of the message; none in App Home and in dialogs. */
  readonly ts: string
  readonly trigger: string
  /** Who posted the message, as Slack says. */
  readonly author: string
  /** Null on a message. */
  readonly view: ClickedView | null
}

/** The click in a payload, or null when it comes from nothing that we make. */
export function clickOf(payload: unknown): Click | null {
  return messageClick(payload) ?? viewClick(payload)
}

function messageClick(payload: unknown): Click | null {
  const { data } = onMessage.safeParse(payload)
  const pressed = pressedIn(data?.actions)
  if (!data || !pressed) return null
  const { user, container, trigger_id: trigger, response_url: responseUrl, message } = data
  const at = { channel: container.channel_id, ts: container.message_ts, author: message.user }
  return { user: user.id, responseUrl, trigger, view: null, ...at, ...pressed }
}

function viewClick(payload: unknown): Click | null {
  const { data } = onView.safeParse(payload)
  const pressed = pressedIn(data?.actions)
  if (!data || !pressed) return null
  const { user, view, trigger_id: trigger } = data
  const shown = { id: view.id, hash: view.hash, metadata: view.private_metadata }
  return { user: user.id, channel: '', responseUrl: '', ts: '', author: '', trigger, view: shown, ...pressed }
}

function pressedIn(actions: readonly z.infer<typeof action>[] | undefined) {
  const [first] = actions ?? []
  if (!first) return null
  const value = first.value ?? first.selected_option?.value ?? first.selected_date ?? ''
  return { actionId: first.action_id, blockId: first.block_id, value }
}
