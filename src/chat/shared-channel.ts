import type { WebClient } from '@slack/web-api'
import type { Clock } from '../kernel/clock.ts'
import { troubleOf } from './slack-errors.ts'

const FRESH_MS = 60_000

/**
 * Is a channel shared with another organisation, or about to be? Approval buttons never stand in such a one. `unknown`
 * while Slack doesn't say; a channel that isn't there counts as `no`, since posting to it fails by itself.
 */
export type Sharing = (channel: string) => Promise<'yes' | 'no' | 'unknown'>

export function sharing(client: WebClient, machine: Clock): Sharing {
  const known = new Map<string, { at: number; shared: 'yes' | 'no' }>()
  return async (channel) => {
    const kept = known.get(channel)
    if (kept && machine.now() - kept.at < FRESH_MS) return kept.shared
    const shared = await ask(client, channel)
    if (shared !== 'unknown') known.set(channel, { at: machine.now(), shared })
    return shared
  }
}

async function ask(client: WebClient, channel: string): Promise<'yes' | 'no' | 'unknown'> {
  try {
    const said = await client.conversations.info({ channel })
    return said.channel?.is_ext_shared || said.channel?.is_pending_ext_shared ? 'yes' : 'no'
  } catch (error) {
    return troubleOf(error).kind === 'gone' ? 'no' : 'unknown'
  }
}
