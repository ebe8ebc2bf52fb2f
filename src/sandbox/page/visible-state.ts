import type { SlackServer } from '../slack-server/server.ts'
import type { MessageVersion, SlackChannel, SlackMessage } from '../slack-server/model.ts'
import type { PageParts } from './page-parts.ts'
import type { ClockPart, DemoPart, MessagePart, TroublePart, ViewsPart, WorkspacePart } from './page-state.ts'

/** The channels that this person may look into: public ones, and those with them as a member. */
export function channelsOf(slack: SlackServer, user: string): readonly SlackChannel[] {
  return slack
    .workspace()
    .channels.filter((channel) => (!channel.isPrivate && !channel.isIm) || channel.members.includes(user))
}

/** Every message that this person sees now, oldest first; ephemeral ones only when they are theirs. */
export function messagesOf(slack: SlackServer, user: string): readonly SlackMessage[] {
  const open = channelsOf(slack, user).map(({ id }) => id)
  const mine = slack.ephemerals(user).filter(({ channel }) => open.includes(channel))
  return [...open.flatMap((id) => slack.messages(id)), ...mine].toSorted(
    (one, other) => Number(one.ts) - Number(other.ts),
  )
}

/** Everything that this person sees, as JSON by key. */
export function visibleState(parts: PageParts, user: string): Map<string, string> {
  const state = new Map<string, string>()
  const put = (key: string, value: unknown) => void state.set(key, JSON.stringify(value))
  put('demo', demoPart(parts, user))
  put('workspace', workspacePart(parts.slack, user))
  put('views', viewsPart(parts.slack, user))
  put('clock', { state: parts.calendar.state(), skipping: parts.skip.running() } satisfies ClockPart)
  put('mesh', parts.mesh())
  put('troubles', troubleParts(parts))
  put('story', parts.story())
  for (const message of messagesOf(parts.slack, user)) {
    state.set(`m:${message.channel}:${message.ts}`, jsonOf(message, parts.calendar.at(Number(message.ts) * 1000)))
  }
  return state
}

function demoPart(parts: PageParts, me: string): DemoPart {
  const { cast, command, cluster, versions, channel } = parts
  return { me, cast, command, cluster, versions, channel }
}

function workspacePart(slack: SlackServer, user: string): WorkspacePart {
  const { bot, users, groups } = slack.workspace()
  return {
    bot: { user: bot.userId, name: bot.name },
    people: users.map(({ id, realName, locale, tz, isBot }) => ({ id, name: realName, locale, tz, isBot })),
    groups: groups.map(({ id, handle }) => ({ id, handle })),
    channels: channelsOf(slack, user)
      .filter(({ isArchived }) => !isArchived)
      .map(({ id, name, isPrivate, isIm }) => ({ id, name, isPrivate, isDirect: isIm })),
  }
}

function viewsPart(slack: SlackServer, user: string): ViewsPart {
  return { home: slack.home(user)?.view ?? null, modals: slack.views(user).map(({ view }) => view) }
}

function troubleParts(parts: PageParts): TroublePart[] {
  return parts.troubles.map(({ name, label, bites, end, state }) => {
    return { name, label, bites: bites(), lasts: end !== null, state: state() }
  })
}

// A version never changes, so its JSON is made once, however many look and however often.
const written = new WeakMap<MessageVersion, string>()

function jsonOf(message: SlackMessage, at: number): string {
  const version = message.versions.at(-1)
  if (version === undefined) throw new Error(`message ${message.ts} has no version`)
  const before = written.get(version)
  if (before !== undefined) return before
  const json = JSON.stringify(messagePart(message, version, at))
  written.set(version, json)
  return json
}

function messagePart(message: SlackMessage, version: MessageVersion, at: number): MessagePart {
  return {
    channel: message.channel,
    ts: message.ts,
    user: message.user,
    threadTs: message.threadTs ?? null,
    onlyForMe: message.onlyFor !== undefined,
    text: version.text,
    blocks: version.blocks,
    attachments: version.attachments,
    edits: message.versions.length - 1,
    at,
  }
}
