import { copyOf, listOf, objectsOf, textOf, isObject } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import type { MessageVersion, SlackMessage } from './model.ts'
import { renderVersion } from './render.ts'
import { changed, current, happened, nextTs, userName, withIds } from './world.ts'
import type { World } from './world.ts'

export type NewMessage = {
  readonly channel: string
  readonly user: string
  readonly content: Json
  readonly onlyFor?: string
}

/** Adds a message that passed the validator. The time stamp is new. */
export function addMessage(world: World, given: NewMessage): SlackMessage {
  const threadTs = textOf(given.content['thread_ts'])
  const message: SlackMessage = {
    channel: given.channel,
    ts: nextTs(world),
    user: given.user,
    versions: [versionOf(world, given.content)],
    deleted: false,
    ...(threadTs === '' ? {} : { threadTs }),
    ...(given.onlyFor === undefined ? {} : { onlyFor: given.onlyFor }),
  }
  world.messages.push(message)
  const to = given.onlyFor === undefined ? '' : ` (only ${userName(world, given.onlyFor)} sees it)`
  happened(world, `${userName(world, given.user)} in ${place(world, message)}${to}`, renderVersion(current(message)))
  return message
}

function versionOf(world: World, content: Json): MessageVersion {
  return {
    at: world.now(),
    text: [...textOf(content['text'])].slice(0, limits.postedText).join(''),
    blocks: withIds(objectsOf(content['blocks'])),
    attachments: copyOf(objectsOf(content['attachments'])),
    ...(isObject(content['metadata']) ? { metadata: copyOf(content['metadata']) } : {}),
  }
}

/**
 * chat.update's rules (docs.slack.dev/reference/methods/chat.update): blocks left out are removed, attachments left out
 * stay, metadata stays unless given.
 */
export function editMessage(world: World, message: SlackMessage, content: Json): void {
  const before = current(message)
  const fresh = versionOf(world, content)
  const metadata = fresh.metadata ?? before.metadata
  message.versions.push({
    ...fresh,
    attachments: content['attachments'] === undefined ? before.attachments : fresh.attachments,
    ...(metadata === undefined ? {} : { metadata }),
  })
  happened(
    world,
    `${userName(world, message.user)} edits a message in ${place(world, message)}`,
    renderVersion(current(message)),
  )
}

export function removeMessage(world: World, message: SlackMessage): void {
  message.deleted = true
  happened(world, `a message in ${place(world, message)} is deleted`)
}

/** The message as the Web API and payloads give it. */
export function messageJson(world: World, message: SlackMessage, withMetadata = false): Json {
  const version = current(message)
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(message.user === world.bot.userId ? { bot_id: world.bot.botId, app_id: world.bot.appId } : {}),
    team: world.team.id,
    text: version.text,
    ...(version.blocks.length > 0 ? { blocks: copyOf(version.blocks) } : {}),
    ...(version.attachments.length > 0 ? { attachments: copyOf(version.attachments) } : {}),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(withMetadata && version.metadata !== undefined ? { metadata: copyOf(version.metadata) } : {}),
    ...(message.versions.length > 1 && version.blocks.length === 0
      ? { edited: { user: message.user, ts: message.ts } }
      : {}),
  }
}

function place(world: World, message: { channel: string; threadTs?: string }): string {
  const channel = world.channels.get(message.channel)
  const name = channel === undefined ? message.channel : `${channel.isIm ? '' : '#'}${channel.name}`
  return message.threadTs === undefined ? name : `${name} (thread)`
}

/** Public messages of a channel that are still there, oldest first. */
export function visibleMessages(world: World, channel: string): SlackMessage[] {
  return world.messages.filter((m) => m.channel === channel && !m.deleted && m.onlyFor === undefined)
}

/** Takes a message away without a trace in the chat, as an admin or a retention rule does. */
export function vanish(world: World, message: SlackMessage): void {
  message.deleted = true
  changed(world)
}

/** Slack takes JSON arguments as strings too; what can't be read stays a string, and is refused by the validator. */
export function decodeJsonArguments(args: Json): Json {
  const decoded: Json = { ...args }
  for (const key of ['blocks', 'attachments', 'metadata', 'view']) {
    const value = args[key]
    if (typeof value === 'string' && value !== '') decoded[key] = parsed(value)
    if (value === '' || value === null) delete decoded[key]
  }
  return decoded
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** True for `true`, `1` and their text forms, as Slack reads flags. */
export function flag(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1'
}

export function idsOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(',').filter((id) => id !== '')
  return listOf(value).filter((id) => typeof id === 'string')
}
