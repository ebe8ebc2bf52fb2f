import { textOf, wordOf } from './json.ts'
import type { Json } from './json.ts'
import { flag, idsOf, messageJson, visibleMessages } from './messages.ts'
import { botMethod, no } from './method.ts'
import type { Context, Method } from './method.ts'
import type { SlackChannel } from './model.ts'
import { dmOf } from './world.ts'
import type { World } from './world.ts'

/** Slack wants the scope of the channel's own kind: channels, groups (private) or im. */
function scopeOfKind(kind: 'read' | 'history'): Method['scopes'] {
  return (world, args) => {
    const channel = world.channels.get(textOf(args['channel']))
    if (channel?.isIm === true) return [`im:${kind}`]
    return [channel?.isPrivate === true ? `groups:${kind}` : `channels:${kind}`]
  }
}

/** A private channel that the bot isn't in is as if it weren't there. */
function seen(world: World, id: string): SlackChannel | undefined {
  const channel = world.channels.get(id)
  if (channel === undefined) return undefined
  return channel.isPrivate && !channel.members.includes(world.bot.userId) ? undefined : channel
}

function info({ world }: Context, args: Json): Json {
  const channel = seen(world, textOf(args['channel']))
  return channel === undefined
    ? no('channel_not_found')
    : { ok: true, channel: channelJson(world, channel, flag(args['include_num_members'])) }
}

function channelJson(world: World, channel: SlackChannel, counted: boolean): Json {
  if (channel.isIm)
    return {
      id: channel.id,
      is_im: true,
      is_archived: channel.isArchived,
      user: channel.members.find((id) => id !== world.bot.userId),
    }
  return {
    id: channel.id,
    name: channel.name,
    is_channel: !channel.isPrivate,
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_member: channel.members.includes(world.bot.userId),
    is_shared: channel.isExtShared,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: channel.isPendingExtShared,
    is_org_shared: false,
    context_team_id: world.team.id,
    ...(counted ? { num_members: channel.members.length } : {}),
  }
}

function members({ world }: Context, args: Json): Json {
  const channel = seen(world, textOf(args['channel']))
  if (channel === undefined) return no('channel_not_found')
  const page = pageOf(channel.members, args, 100)
  return page === undefined
    ? no('invalid_cursor')
    : { ok: true, members: page.items, response_metadata: { next_cursor: page.next } }
}

/** Of private channels only those that the bot is in too; without types the public ones. */
function ofUser({ world }: Context, args: Json): Json {
  const user = wordOf(args['user']) ?? world.bot.userId
  if (!world.users.has(user) && user !== world.bot.userId) return no('user_not_found')
  const types = typesOf(args)
  const found = [...world.channels.values()].filter(
    (one) =>
      !one.isIm &&
      one.members.includes(user) &&
      types.includes(one.isPrivate ? 'private_channel' : 'public_channel') &&
      seen(world, one.id) !== undefined &&
      !(one.isArchived && flag(args['exclude_archived'])),
  )
  const page = pageOf(found, args, 100)
  if (page === undefined) return no('invalid_cursor')
  const channels = page.items.map((one) => channelJson(world, one, false))
  return { ok: true, channels, response_metadata: { next_cursor: page.next } }
}

function typesOf(args: Json): readonly string[] {
  return (wordOf(args['types']) ?? 'public_channel').split(',')
}

function history({ world }: Context, args: Json): Json {
  const channel = seen(world, textOf(args['channel']))
  if (channel === undefined) return no('channel_not_found')
  if (!channel.members.includes(world.bot.userId)) return no('not_in_channel')
  const oldest = wordOf(args['oldest']) ?? '0'
  const latest = wordOf(args['latest']) ?? '9999999999.999999'
  const inclusive = flag(args['inclusive'])
  const within = (ts: string) => (ts > oldest && ts < latest) || (inclusive && (ts === oldest || ts === latest))
  const found = visibleMessages(world, channel.id)
    .filter((m) => m.threadTs === undefined || m.threadTs === m.ts)
    .filter((m) => within(m.ts))
    .reverse()
  const page = pageOf(found, args, 100)
  if (page === undefined) return no('invalid_cursor')
  const messages = page.items.map((m) => messageJson(world, m, flag(args['include_all_metadata'])))
  return { ok: true, messages, has_more: page.next !== '', response_metadata: { next_cursor: page.next } }
}

function pageOf<T>(items: readonly T[], args: Json, fallback: number): { items: T[]; next: string } | undefined {
  const limit = Math.min(Math.max(Number(args['limit'] ?? fallback) || fallback, 1), 1000)
  const cursor = wordOf(args['cursor'])
  const from = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64url').toString())
  if (!Number.isInteger(from)) return undefined
  const next = from + limit < items.length ? Buffer.from(String(from + limit)).toString('base64url') : ''
  return { items: items.slice(from, from + limit), next }
}

function open({ world }: Context, args: Json): Json {
  const users = idsOf(args['users'])
  const [user] = users
  if (user === undefined) return no('users_list_not_supplied')
  if (users.length > 1) return no('method_not_supported_for_channel_type')
  if (!world.users.has(user)) return no('user_not_found')
  return { ok: true, channel: { id: dmOf(world, user).id } }
}

export const conversationMethods: Record<string, Method> = {
  'conversations.info': botMethod(scopeOfKind('read'), info),
  'conversations.members': botMethod(scopeOfKind('read'), members),
  'users.conversations': botMethod(
    (_, args) => typesOf(args).map((type) => (type === 'private_channel' ? 'groups:read' : 'channels:read')),
    ofUser,
  ),
  'conversations.history': botMethod(scopeOfKind('history'), history),
  'conversations.open': botMethod(['im:write'], open),
}
