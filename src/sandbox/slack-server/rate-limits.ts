import { textOf } from './json.ts'
import type { Json } from './json.ts'

/** Calls a minute by tier, and posts a second in one channel with the burst that is let through. */
export type RateLimits = {
  readonly tier1: number
  readonly tier2: number
  readonly tier3: number
  readonly tier4: number
  readonly postsPerSecond: number
  readonly postBurst: number
  /** Posts a minute over all channels. */
  readonly postsPerMinute: number
  /** Limits of single methods, per minute; they win over the tier. */
  readonly methods: Readonly<Record<string, number>>
}

/**
 * docs.slack.dev rate limits: tiers per method, app and workspace. Slack names no burst; four in a row pass in practice. The
 * workspace-wide cap on posts has no number either ("several hundred a minute").
 */
const slackRates: RateLimits = {
  tier1: 1,
  tier2: 20,
  tier3: 50,
  tier4: 100,
  postsPerSecond: 1,
  postBurst: 4,
  postsPerMinute: 200,
  methods: {},
}

type Tier = 'tier1' | 'tier2' | 'tier3' | 'tier4'

/** apps.connections.open is Tier 1 in one source and 3 in another; 3 here, so that reconnects are not starved. */
const tiers: Readonly<Record<string, Tier>> = {
  'apps.connections.open': 'tier3',
  'usergroups.list': 'tier2',
  'usergroups.users.list': 'tier2',
  'chat.update': 'tier3',
  'chat.delete': 'tier3',
  'conversations.info': 'tier3',
  'conversations.open': 'tier3',
  'conversations.history': 'tier3',
  'users.conversations': 'tier3',
  'bots.info': 'tier3',
  'team.info': 'tier3',
  'views.open': 'tier4',
  'views.update': 'tier4',
  'views.push': 'tier4',
  'views.publish': 'tier4',
  'chat.postEphemeral': 'tier4',
  'users.info': 'tier4',
  'conversations.members': 'tier4',
}

/** Says for each call whether it may pass: 0, or the seconds of Retry-After. */
export type RateGate = {
  readonly waitFor: (method: string, args: Json, nowMs: number) => number
  set(limits: 'off' | Partial<RateLimits>): void
}

export function createRateGate(initial: 'off' | Partial<RateLimits> = {}): RateGate {
  let limits: RateLimits | undefined
  const windows = new Map<string, number[]>()
  const set = (wanted: 'off' | Partial<RateLimits>) => {
    limits = wanted === 'off' ? undefined : { ...slackRates, ...wanted }
    windows.clear()
  }
  set(initial)
  return {
    set,
    waitFor: (method, args, nowMs) => {
      if (limits === undefined) return 0
      const wanted = windowsOf(method, args, limits)
      const wait = Math.max(0, ...wanted.map((window) => waitOf(windows, window, nowMs)))
      if (wait === 0) for (const { key } of wanted) windows.get(key)?.push(nowMs)
      return wait
    },
  }
}

type Window = { readonly key: string; readonly count: number; readonly spanMs: number }

const MINUTE_MS = 60_000

/** A post counts in its channel and in the whole workspace. */
function windowsOf(method: string, args: Json, limits: RateLimits): readonly Window[] {
  const own = limits.methods[method]
  if (own !== undefined) return [{ key: method, count: own, spanMs: MINUTE_MS }]
  if (method === 'chat.postMessage') {
    const spanMs = (1000 * limits.postBurst) / limits.postsPerSecond
    return [
      { key: `${method} ${placeOf(textOf(args['channel']))}`, count: limits.postBurst, spanMs },
      { key: method, count: limits.postsPerMinute, spanMs: MINUTE_MS },
    ]
  }
  const tier = tiers[method]
  return tier === undefined ? [] : [{ key: method, count: limits[tier], spanMs: MINUTE_MS }]
}

/** A person's id and the id of the direct channel with him are one place (world.ts, dmOf). */
function placeOf(channel: string): string {
  return /^[UW]/.test(channel) ? `D${channel.slice(1)}` : channel
}

/** A sliding window; a call that is refused does not count. */
function waitOf(windows: Map<string, number[]>, { key, count, spanMs }: Window, nowMs: number): number {
  const recent = (windows.get(key) ?? []).filter((at) => at > nowMs - spanMs)
  windows.set(key, recent)
  const oldest = recent[recent.length - count]
  if (recent.length >= count && oldest !== undefined) return Math.max(1, Math.ceil((oldest + spanMs - nowMs) / 1000))
  return count <= 0 ? Math.ceil(spanMs / 1000) : 0
}
