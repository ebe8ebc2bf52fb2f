import { newTrouble } from './lasting.ts'
import { lossesSince } from './losses.ts'
import type { Trouble } from './trouble.ts'
import type { TroubleParts } from './trouble-parts.ts'

/** More calls than any outage sees. */
const EVERY_CALL = 1_000_000_000

/** Every call of Slack's API is answered with 503, and no connection carries payloads, until it ends. */
export function newSlackAway(parts: TroubleParts): Trouble {
  const { slack } = parts
  return newTrouble({
    name: 'slack-away',
    label: 'Slack away',
    now: parts.now,
    losses: () => lossesSince(parts),
    bites: () => (slack.connections() > 0 ? 'nobody can click, and no message arrives; the cluster goes on' : null),
    begin: async () => {
      // Answered, not refused: so every message that could not be sent is seen, and counted if it never comes.
      slack.trouble.failNext('*', { status: 503 }, EVERY_CALL)
      slack.trouble.dropSockets()
      return true
    },
    finish: async () => slack.trouble.clear(),
  })
}
