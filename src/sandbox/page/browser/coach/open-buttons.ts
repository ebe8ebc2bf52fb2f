import { objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import type { PageState } from '../../page-state.ts'

/** A button that can be pressed in a message now. */
export type OpenButton = {
  readonly channel: string
  readonly ts: string
  readonly actionId: string
  readonly blockId: string
  readonly value: string
  readonly element: Json
}

/** The buttons of the bot's messages that this person sees, those of the newest message first. */
export function openButtons({ messages, workspace }: PageState): OpenButton[] {
  return messages
    .filter(({ user }) => user === workspace.bot.user)
    .toReversed()
    .flatMap(({ channel, ts, blocks }) =>
      blocks.flatMap((block) =>
        objectsOf(block['elements'])
          .filter((element) => element['type'] === 'button')
          .map((element) => ({
            channel,
            ts,
            actionId: textOf(element['action_id']),
            blockId: textOf(block['block_id']),
            value: textOf(element['value']),
            element,
          })),
      ),
    )
}
