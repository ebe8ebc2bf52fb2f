import { textOf, wordOf } from './json.ts'
import type { Json } from './json.ts'
import { addMessage, editMessage, messageJson, removeMessage } from './messages.ts'
import { no } from './method.ts'
import type { Context, Method } from './method.ts'
import type { SlackChannel, SlackMessage } from './model.ts'
import { validateMessage } from './validate-message.ts'
import type { Door } from './validate-message.ts'
import { dmOf, findMessage } from './world.ts'
import type { World } from './world.ts'

function chat(run: Method['run']): Method {
  return { token: 'bot', scopes: () => ['chat:write'], run }
}

/** Where the bot may write; a person's id means the direct channel. A private channel without the bot is as if it weren't there. */
function writableChannel(world: World, id: string): SlackChannel | string {
  const user = world.users.get(id)
  if (user !== undefined) return user.isBot ? 'cannot_dm_bot' : dmOf(world, id)
  const channel = world.channels.get(id)
  if (channel === undefined) return 'channel_not_found'
  const member = channel.members.includes(world.bot.userId)
  if (!member && channel.isPrivate) return 'channel_not_found'
  if (channel.isArchived) return 'is_archived'
  return member || world.scopes.has('chat:write.public') ? channel : 'not_in_channel'
}

function refusalOf(args: Json, door: Door): Json | undefined {
  const refused = validateMessage(args, door)
  return refused === null ? undefined : no(refused.error, refused.messages)
}

function postMessage({ world }: Context, args: Json): Json {
  const channel = writableChannel(world, textOf(args['channel']))
  if (typeof channel === 'string') return no(channel)
  const refusal = refusalOf(args, 'chat.postMessage')
  if (refusal !== undefined) return refusal
  const message = addMessage(world, { channel: channel.id, user: world.bot.userId, content: args })
  return { ok: true, channel: channel.id, ts: message.ts, message: messageJson(world, message, true) }
}

function postEphemeral({ world }: Context, args: Json): Json {
  const channel = writableChannel(world, textOf(args['channel']))
  if (typeof channel === 'string') return no(channel)
  const user = textOf(args['user'])
  if (!world.users.has(user)) return no('user_not_found')
  if (!channel.members.includes(user)) return no('user_not_in_channel')
  const refusal = refusalOf(args, 'chat.postEphemeral')
  if (refusal !== undefined) return refusal
  const message = addMessage(world, { channel: channel.id, user: world.bot.userId, content: args, onlyFor: user })
  return { ok: true, message_ts: message.ts }
}

/** The bot's own message at `channel` and `ts`, or the error word. Ephemeral messages can't be found by ts. */
function ownMessage(world: World, args: Json, notMine: string): SlackMessage | string {
  const channel = world.channels.get(textOf(args['channel']))
  if (channel === undefined) return 'channel_not_found'
  if (channel.isArchived) return 'is_archived'
  const message = findMessage(world, channel.id, textOf(args['ts']))
  if (message === undefined || message.deleted || message.onlyFor !== undefined) return 'message_not_found'
  return message.user === world.bot.userId ? message : notMine
}

function update({ world }: Context, args: Json): Json {
  const message = ownMessage(world, args, 'cant_update_message')
  if (typeof message === 'string') return no(message)
  const refusal = refusalOf(args, 'chat.update')
  if (refusal !== undefined) return refusal
  editMessage(world, message, args)
  const json = messageJson(world, message)
  return { ok: true, channel: message.channel, ts: message.ts, text: json['text'], message: json }
}

function remove({ world }: Context, args: Json): Json {
  const message = ownMessage(world, args, 'cant_delete_message')
  if (typeof message === 'string') return no(message)
  removeMessage(world, message)
  return { ok: true, channel: message.channel, ts: message.ts }
}

function getPermalink({ world }: Context, args: Json): Json {
  const channel = world.channels.get(textOf(args['channel']))
  if (channel === undefined) return no('channel_not_found')
  const ts = wordOf(args['message_ts']) ?? ''
  const message = findMessage(world, channel.id, ts)
  if (message === undefined || message.deleted) return no('message_not_found')
  return { ok: true, channel: channel.id, permalink: permalinkOf(world, channel.id, ts) }
}

function permalinkOf(world: World, channel: string, ts: string): string {
  return `https://${world.team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}`
}

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': chat(postMessage),
  'chat.postEphemeral': chat(postEphemeral),
  'chat.update': chat(update),
  'chat.delete': chat(remove),
  'chat.getPermalink': { token: 'bot', scopes: () => [], run: getPermalink },
}
