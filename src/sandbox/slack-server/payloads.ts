import { copyOf } from './json.ts'
import type { Json } from './json.ts'
import { messageJson } from './messages.ts'
import type { SlackChannel, SlackMessage, SlackUser, SlackView } from './model.ts'
import { randomId } from './world.ts'
import type { World } from './world.ts'

/** Slack's old verification token: sent with every payload, worth nothing. */
const verificationToken = 'local-verification-token'

/** The form fields of a slash command. */
export function commandPayload(
  world: World,
  given: {
    user: SlackUser
    channel: SlackChannel
    command: string
    text: string
    responseUrl: string
    triggerId: string
  },
): Json {
  const { user, channel } = given
  return {
    token: verificationToken,
    team_id: world.team.id,
    team_domain: world.team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.name,
    command: given.command,
    text: given.text,
    api_app_id: world.bot.appId,
    is_enterprise_install: 'false',
    ...(world.team.enterpriseId === undefined
      ? {}
      : { enterprise_id: world.team.enterpriseId, enterprise_name: world.team.enterpriseName ?? '' }),
    response_url: given.responseUrl,
    trigger_id: given.triggerId,
  }
}

function channelName(channel: SlackChannel): string {
  if (channel.isIm) return 'directmessage'
  return channel.isPrivate ? 'privategroup' : channel.name
}

/** What block_actions and view_submission share. */
function interactive(world: World, type: string, user: SlackUser): Json {
  const { id, domain, enterpriseId, enterpriseName } = world.team
  return {
    type,
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    api_app_id: world.bot.appId,
    token: verificationToken,
    team: {
      id,
      domain,
      ...(enterpriseId === undefined ? {} : { enterprise_id: enterpriseId, enterprise_name: enterpriseName ?? '' }),
    },
    enterprise: enterpriseId === undefined ? null : { id: enterpriseId, name: enterpriseName ?? '' },
    is_enterprise_install: false,
  }
}

/** A click in a message. Slack leaves the message itself out when it is ephemeral. */
export function messageActionPayload(
  world: World,
  given: {
    user: SlackUser
    channel: SlackChannel
    message: SlackMessage
    actions: readonly Json[]
    state: Json
    responseUrl: string
    triggerId: string
  },
): Json {
  const { message, channel } = given
  const ephemeral = message.onlyFor !== undefined
  return {
    ...interactive(world, 'block_actions', given.user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    trigger_id: given.triggerId,
    channel: { id: channel.id, name: channelName(channel) },
    ...(ephemeral ? {} : { message: messageJson(world, message, true) }),
    state: { values: given.state },
    response_url: given.responseUrl,
    actions: given.actions,
  }
}

/** A click in a modal or on the Home tab. */
export function viewActionPayload(
  world: World,
  given: { user: SlackUser; view: SlackView; actions: readonly Json[]; triggerId: string },
): Json {
  return {
    ...interactive(world, 'block_actions', given.user),
    container: { type: 'view', view_id: given.view.id },
    trigger_id: given.triggerId,
    view: copyOf(given.view.view),
    actions: given.actions,
  }
}

export function submissionPayload(world: World, given: { user: SlackUser; view: Json; triggerId: string }): Json {
  return {
    ...interactive(world, 'view_submission', given.user),
    trigger_id: given.triggerId,
    view: given.view,
    response_urls: [],
  }
}

export function closedPayload(world: World, given: { user: SlackUser; view: Json; cleared: boolean }): Json {
  return { ...interactive(world, 'view_closed', given.user), view: given.view, is_cleared: given.cleared }
}

/** The outer shape of an event of the Events API. */
export function eventPayload(world: World, event: Json): Json {
  return {
    token: verificationToken,
    team_id: world.team.id,
    api_app_id: world.bot.appId,
    event,
    type: 'event_callback',
    event_id: randomId('Ev'),
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      {
        enterprise_id: world.team.enterpriseId ?? null,
        team_id: world.team.id,
        user_id: world.bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: randomId('EC'),
  }
}
