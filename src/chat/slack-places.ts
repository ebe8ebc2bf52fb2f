import type { WebClient } from '@slack/web-api'
import { CodedError } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { slackClient } from './slack-clients.ts'
import { startError, troubleOf } from './slack-errors.ts'

/** Channels that the bot posts to, and users (U…, W…) and user groups (S…) that a file lists. */
export type SlackIds = { readonly channels: readonly string[]; readonly people: readonly string[] }

/** Errors by which Slack says that there is no such one, or none that this app may see. */
const NOBODY: readonly string[] = ['user_not_found', 'user_not_visible', 'users_not_found']

/**
 * What of these ids doesn't hold in Slack, each by itself: SLACK_CHANNEL_UNUSABLE {channel, error} and SLACK_NOBODY {id, error}.
 * Throws as `slackIdentity` does where Slack can't be asked.
 */
export async function slackPlaces(
  token: string,
  apiUrl: string | undefined,
  log: Log,
  { channels, people }: SlackIds,
): Promise<readonly CodedError[]> {
  const client = slackClient(token, apiUrl, log)
  const asking = [
    ...channels.map((channel) => channelTrouble(client, channel)),
    ...people.filter((id) => !id.startsWith('S')).map((id) => personTrouble(client, id)),
    ...groupTroubles(
      client,
      people.filter((id) => id.startsWith('S')),
    ),
  ]
  const found = await Promise.all(asking).catch((error: unknown) => {
    throw startError(error, 'conversations.info', 'SLACK_BOT_TOKEN', apiUrl)
  })
  return found.filter((one) => one !== null)
}

async function channelTrouble(client: WebClient, channel: string): Promise<CodedError | null> {
  const unusable = (error: string): CodedError => new CodedError('SLACK_CHANNEL_UNUSABLE', { channel, error })
  try {
    const { channel: seen } = await client.conversations.info({ channel })
    if (seen?.is_archived) return unusable('is_archived')
    return seen?.is_member ? null : unusable('not_in_channel')
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble.kind !== 'gone') throw error
    return unusable(trouble.error)
  }
}

async function personTrouble(client: WebClient, id: string): Promise<CodedError | null> {
  try {
    const { user } = await client.users.info({ user: id })
    if (user?.deleted) return nobody(id, 'deleted')
    return user?.is_bot ? nobody(id, 'is_bot') : null
  } catch (error) {
    const trouble = troubleOf(error)
    if (trouble.kind !== 'refused' || !NOBODY.includes(trouble.error)) throw error
    return nobody(id, trouble.error)
  }
}

/** One question for all of them. */
function groupTroubles(client: WebClient, ids: readonly string[]): readonly Promise<CodedError | null>[] {
  if (ids.length === 0) return []
  const known = client.usergroups.list({}).then(({ usergroups = [] }) => usergroups.map(({ id }) => id))
  return ids.map(async (id) => ((await known).includes(id) ? null : nobody(id, 'no such user group')))
}

function nobody(id: string, error: string): CodedError {
  return new CodedError('SLACK_NOBODY', { id, error })
}
