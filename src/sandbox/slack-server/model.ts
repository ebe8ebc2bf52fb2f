import type { Json } from './json.ts'
import type { RateLimits } from './rate-limits.ts'

/** A person or bot as users.info knows it. Times zones are IANA names, locales like `zh-CN`. */
export type SlackUser = {
  id: string
  name: string
  realName: string
  locale: string
  tz: string
  teamId: string
  enterpriseId?: string
  email?: string
  isBot: boolean
  deleted: boolean
  isRestricted: boolean
  isUltraRestricted: boolean
  isStranger: boolean
  isInvitedUser: boolean
}

export type SlackChannel = {
  id: string
  name: string
  isPrivate: boolean
  isIm: boolean
  isExtShared: boolean
  isPendingExtShared: boolean
  isArchived: boolean
  members: string[]
}

export type SlackGroup = { id: string; handle: string; name: string; members: string[] }

/** What a message said at one time. */
export type MessageVersion = {
  readonly at: number
  readonly text: string
  readonly blocks: readonly Json[]
  readonly attachments: readonly Json[]
  readonly metadata?: Json
}

export type SlackMessage = {
  readonly channel: string
  readonly ts: string
  readonly user: string
  readonly threadTs?: string
  /** The only person who sees it, when it is ephemeral. */
  readonly onlyFor?: string
  /** First to last; the last is what is seen now. */
  readonly versions: MessageVersion[]
  deleted: boolean
}

/** An open modal or a published Home tab. `view` is the whole object as Slack sends it in payloads. */
export type SlackView = { readonly id: string; readonly user: string; view: Json; hash: string; open: boolean }

/** One call of the Web API (or of a response_url, as method `response_url`). `answer` is undefined when no reply was sent. */
export type SlackCall = {
  readonly method: string
  readonly args: Json
  readonly at: number
  readonly status?: number
  readonly answer?: Json
}

/** One line of what happened, for the transcript. */
export type Happening = { readonly at: number; readonly line: string; readonly body?: string }

export type SlackTeam = { id: string; name: string; domain: string; enterpriseId?: string; enterpriseName?: string }
export type SlackBot = { appId: string; botId: string; userId: string; name: string }

export type SlackServerOptions = {
  /** Default 0: a free port. */
  readonly port?: number
  readonly team?: Partial<SlackTeam>
  readonly bot?: Partial<SlackBot>
  readonly users?: readonly NewUser[]
  readonly groups?: readonly NewGroup[]
  readonly channels?: readonly NewChannel[]
  readonly botToken?: string
  readonly appToken?: string
  readonly signingSecret?: string
  /** Scopes of the bot token; default those of the manifest. */
  readonly scopes?: readonly string[]
  /** Default Socket Mode; with a URL every payload goes there as a signed request. */
  readonly requestUrl?: string
  readonly rateLimits?: 'off' | Partial<RateLimits>
  /** How long a person waits for an ack, ms; default Slack's 3000. */
  readonly ackMs?: number
  /** When an event that was not acked is sent again, ms after each failure; default Slack's at once, 1 min, 5 min. */
  readonly eventRetries?: readonly number[]
  /** The clock of time stamps, triggers, response URLs and rate limits; default the machine's. */
  readonly now?: () => number
}

export type NewUser = { readonly id: string } & Partial<SlackUser>
export type NewChannel = { readonly id: string } & Partial<SlackChannel>
export type NewGroup = { readonly id: string } & Partial<SlackGroup>
