import { randomBytes } from 'node:crypto'
import { copyOf } from './json.ts'
import type { Json } from './json.ts'
import type {
  Happening,
  MessageVersion,
  NewChannel,
  NewGroup,
  NewUser,
  SlackBot,
  SlackCall,
  SlackChannel,
  SlackGroup,
  SlackMessage,
  SlackServerOptions,
  SlackTeam,
  SlackUser,
  SlackView,
} from './model.ts'

/** Everything the local Slack knows. All parts read and change this one object; `changed` wakes those who wait. */
export type World = {
  readonly now: () => number
  readonly team: SlackTeam
  readonly bot: SlackBot
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly scopes: Set<string>
  readonly revoked: Set<string>
  readonly users: Map<string, SlackUser>
  readonly groups: Map<string, SlackGroup>
  readonly channels: Map<string, SlackChannel>
  readonly messages: SlackMessage[]
  readonly views: SlackView[]
  readonly homes: Map<string, SlackView>
  readonly calls: SlackCall[]
  readonly happenings: Happening[]
  readonly listeners: Set<() => void>
  lastTs: number
}

const manifestScopes = ['commands', 'chat:write', 'users:read', 'usergroups:read', 'channels:read', 'groups:read']

export function createWorld(options: SlackServerOptions): World {
  const world: World = {
    now: options.now ?? Date.now,
    team: { id: 'T0LOCAL', name: 'Local', domain: 'local', ...options.team },
    bot: { appId: 'A0FERRY', botId: 'B0FERRY', userId: 'U0FERRY', name: 'istio', ...options.bot },
    botToken: options.botToken ?? 'xoxb-local-bot',
    appToken: options.appToken ?? 'xapp-local-app',
    signingSecret: options.signingSecret ?? 'local-signing-secret',
    scopes: new Set(options.scopes ?? manifestScopes),
    revoked: new Set(),
    users: new Map(),
    groups: new Map(),
    channels: new Map(),
    messages: [],
    views: [],
    homes: new Map(),
    calls: [],
    happenings: [],
    listeners: new Set(),
    lastTs: 0,
  }
  fill(world, options)
  return world
}

function fill(world: World, options: SlackServerOptions): void {
  addUser(world, { id: world.bot.userId, name: world.bot.name, realName: world.bot.name, isBot: true })
  const people: readonly NewUser[] = options.users ?? [
    { id: 'U0LEE', name: 'lee', realName: 'Lee' },
    { id: 'U0MEI', name: 'mei', realName: 'Mei', locale: 'zh-CN', tz: 'Asia/Shanghai' },
    { id: 'U0SAM', name: 'sam', realName: 'Sam' },
  ]
  for (const user of people) addUser(world, user)
  for (const group of options.groups ?? []) addGroup(world, group)
  for (const channel of options.channels ?? [{ id: 'C0PLATFORM', name: 'platform' }]) addChannel(world, channel)
}

export function addUser(world: World, user: NewUser): SlackUser {
  const name = user.name ?? user.id.toLowerCase()
  const full: SlackUser = {
    name,
    realName: name,
    locale: 'en-US',
    tz: 'Etc/UTC',
    teamId: world.team.id,
    isBot: false,
    deleted: false,
    isRestricted: false,
    isUltraRestricted: false,
    isStranger: false,
    isInvitedUser: false,
    ...(world.team.enterpriseId === undefined ? {} : { enterpriseId: world.team.enterpriseId }),
    ...user,
  }
  world.users.set(user.id, full)
  return full
}

export function addGroup(world: World, group: NewGroup): SlackGroup {
  const handle = group.handle ?? group.id.toLowerCase()
  const full = { handle, name: group.name ?? handle, members: [], ...group }
  world.groups.set(group.id, { ...full, members: [...full.members] })
  return full
}

/** A new channel holds everybody, the bot too, unless its members are given. */
export function addChannel(world: World, channel: NewChannel): SlackChannel {
  const full: SlackChannel = {
    name: channel.id.toLowerCase(),
    isPrivate: false,
    isIm: false,
    isExtShared: false,
    isPendingExtShared: false,
    isArchived: false,
    ...channel,
    members: [...(channel.members ?? world.users.keys())],
  }
  world.channels.set(channel.id, full)
  return full
}

/** The direct channel between the bot and a person, opened when it isn't there. */
export function dmOf(world: World, user: string): SlackChannel {
  const id = `D${user.slice(1)}`
  return (
    world.channels.get(id) ??
    addChannel(world, { id, name: `dm-${user}`, isIm: true, isPrivate: true, members: [user, world.bot.userId] })
  )
}

/** Slack's message id: seconds and microseconds, never twice the same. */
export function nextTs(world: World): string {
  world.lastTs = Math.max(world.lastTs + 1, Math.floor(world.now() * 1000))
  return `${Math.floor(world.lastTs / 1_000_000)}.${String(world.lastTs % 1_000_000).padStart(6, '0')}`
}

export function randomId(prefix: string): string {
  return `${prefix}${randomBytes(5).toString('hex').toUpperCase()}`
}

export function changed(world: World): void {
  for (const listener of world.listeners) listener()
}

export function happened(world: World, line: string, body?: string): void {
  world.happenings.push({ at: world.now(), line, ...(body === undefined || body === '' ? {} : { body }) })
  changed(world)
}

export function userName(world: World, id: string): string {
  return world.users.get(id)?.name ?? id
}

export function findMessage(world: World, channel: string, ts: string): SlackMessage | undefined {
  return world.messages.find((m) => m.channel === channel && m.ts === ts)
}

/** What a message says now. */
export function current(message: SlackMessage): MessageVersion {
  const version = message.versions.at(-1)
  if (version === undefined) throw new Error(`message ${message.ts} has no version`)
  return version
}

/** Slack names blocks and elements that came without ids, since payloads must name them. */
export function withIds(blocks: readonly Json[]): Json[] {
  return copyOf(blocks).map((block) => {
    nameElements(block)
    return { ...block, block_id: block['block_id'] ?? randomBytes(3).toString('base64url') }
  })
}

const actionable = /button|select|overflow|checkboxes|picker|input$/

function nameElements(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(nameElements)
  if (typeof value !== 'object' || value === null) return
  const item = value as Json
  if (typeof item['type'] === 'string' && item['type'] !== 'input' && actionable.test(item['type']))
    item['action_id'] ??= randomBytes(3).toString('base64url')
  for (const key of ['elements', 'element', 'accessory', 'child_blocks', 'actions']) nameElements(item[key])
}
