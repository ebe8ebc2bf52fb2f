import { CodedError } from '../kernel/errors.ts'
import type { Locale } from '../wire/names.ts'

/** How Slack reaches us: a socket that we open, or signed requests to our port. */
export type Delivery =
  | { readonly kind: 'socket'; readonly appToken: string }
  | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number }

export type ChatCluster = {
  readonly name: string
  readonly channel: string
  readonly fallbackChannel?: string
  /** Language of the channel; the file's `locale` where it is not set. */
  readonly locale?: Locale
}

/** A team that the settings know; null is what no team owns. */
export type ChatTeam = {
  readonly name: string | null
  readonly channel: string
  readonly contact?: string
  /** Who may restart its workloads: memberships in these groups are read at such a click. */
  readonly members?: readonly string[]
}

export type ChatSettings = {
  readonly botToken: string
  readonly delivery: Delivery
  /** Another Slack-compatible server (SLACK_API_URL). */
  readonly apiUrl?: string
  /** The slash command, `/istio`. */
  readonly command: string
  readonly locale: Locale
  readonly clusters: readonly ChatCluster[]
  readonly teams: readonly ChatTeam[]
  /** User group ids that rights may rest on: memberships in these, and only these, are read at each click. */
  readonly groups: readonly string[]
  /** The bot's Ed25519 private key (MESHFERRY_BOT_KEY). */
  readonly signingKey: string
  readonly times?: Partial<ChatTimes>
}

/** Every user group that somebody may belong to or be reached by: those that rights rest on, and those of teams. */
export function namedGroups({ groups, teams }: Pick<ChatSettings, 'groups' | 'teams'>): readonly string[] {
  const ofTeams = teams.flatMap(({ members = [], contact }) => [...members, ...(contact ? [contact] : [])])
  return [...new Set([...groups, ...ofTeams.filter((id) => id.startsWith('S'))])]
}

/** Waits on the machine clock, in milliseconds. */
export type ChatTimes = {
  /** After this it is said that somebody's click or command is being worked on, unless it was answered or sent. */
  readonly working: number
  /** After this, counted from the click or command, "sent" is said, unless the verdict came. */
  readonly sent: number
  /** After this the worker's last sign of life is named. */
  readonly silent: number
  /** After this the request has lapsed. */
  readonly lapsed: number
  /** Edits of one message are at least this far apart, unless buttons go. */
  readonly editGap: number
  /** How long a post whose reply was lost may take to appear, before it is posted once more: longer than one call may last, in any bot. */
  readonly lostReply: number
  /** How often rows left by a dead bot are looked for. */
  readonly sweep: number
  /** How long a worker may be unseen during a run. */
  readonly workerQuiet: number
  /** How long Redis may take. */
  readonly memory: number
}

export const DEFAULT_TIMES: ChatTimes = {
  // Reading the reply, drawing and Slack's own way take their part of the second in which everything is answered.
  working: 500,
  sent: 600,
  silent: 5000,
  lapsed: 120_000,
  editGap: 5000,
  lostReply: 12_000,
  sweep: 2000,
  workerQuiet: 60_000,
  memory: 3000,
}

export type SlackEnvironment = {
  readonly SLACK_BOT_TOKEN?: string | undefined
  readonly SLACK_APP_TOKEN?: string | undefined
  readonly SLACK_SIGNING_SECRET?: string | undefined
  readonly PORT?: string | undefined
}

/** Tokens and delivery from the environment; Socket Mode wins where both are set. Throws SLACK_TOKEN_MISSING {name}. */
export function deliveryFrom(env: SlackEnvironment): { botToken: string; delivery: Delivery } {
  if (!env.SLACK_BOT_TOKEN) throw new CodedError('SLACK_TOKEN_MISSING', { name: 'SLACK_BOT_TOKEN' })
  const botToken = env.SLACK_BOT_TOKEN
  if (env.SLACK_APP_TOKEN) return { botToken, delivery: { kind: 'socket', appToken: env.SLACK_APP_TOKEN } }
  if (!env.SLACK_SIGNING_SECRET) throw new CodedError('SLACK_TOKEN_MISSING', { name: 'SLACK_APP_TOKEN' })
  const port = Number(env.PORT ?? '3000')
  return { botToken, delivery: { kind: 'http', signingSecret: env.SLACK_SIGNING_SECRET, port } }
}

/** The language of a channel: its cluster's, else the file's. */
export function channelLocale(settings: ChatSettings, cluster: string): Locale {
  return settings.clusters.find((each) => each.name === cluster)?.locale ?? settings.locale
}
