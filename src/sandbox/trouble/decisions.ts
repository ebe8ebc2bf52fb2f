import { objectsOf, textOf, type Json } from '../slack-server/json.ts'
import type { SlackMessage } from '../slack-server/model.ts'
import type { SlackServer } from '../slack-server/server.ts'

/** A message that somebody must decide: its place and what its primary buttons carry. */
export type OpenDecision = { readonly key: string; readonly message: SlackMessage }

/** Every message of these channels with a primary button, as they are seen now. */
export function openDecisions(slack: SlackServer, channels: readonly string[]): readonly OpenDecision[] {
  return channels.flatMap((channel) =>
    slack.messages(channel).flatMap((message) => {
      const values = primaryButtons(message)
      return values.length === 0 ? [] : [{ key: [channel, message.ts, ...values].join(' '), message }]
    }),
  )
}

/** `1 of 2 approved`, as the message says it; null where it says no such thing. */
export function approvalsOn(slack: SlackServer, message: SlackMessage): number | null {
  const found = /(\d+) of \d+ approved/.exec(`${message.versions.at(-1)?.text ?? ''} ${slack.text(message)}`)
  return found ? Number(found[1]) : null
}

function primaryButtons(message: SlackMessage): readonly string[] {
  return objectsOf(message.versions.at(-1)?.blocks)
    .flatMap((block) => [...objectsOf(block['elements']), ...accessoryOf(block)])
    .filter((element) => element['type'] === 'button' && element['style'] === 'primary')
    .map((element) => `${textOf(element['action_id'])}=${textOf(element['value'])}`)
}

function accessoryOf(block: Json): readonly Json[] {
  return objectsOf([block['accessory']])
}
