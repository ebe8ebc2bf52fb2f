import type { Stragglers } from '../wire/census.ts'
import type { ClusterStatus, UpgradeReport, WorkerPulse } from '../wire/read-model.ts'

/** What the bot answers from. In Redis, written again by the worker whenever it is gone. */
export type ReadModelWriter = {
  readonly putStatus: (status: ClusterStatus) => Promise<void>
  /** What `/istio stragglers` answers from. */
  readonly putStragglers: (stragglers: Stragglers) => Promise<void>
  /** What `/istio report` answers from. */
  readonly putReport: (report: UpgradeReport) => Promise<void>
  readonly putPulse: (pulse: WorkerPulse) => Promise<void>
  /** True once after Redis lost its memory (the epoch key was gone): everything must be written again. */
  readonly renewEpoch: () => Promise<boolean>
}

export type ReadModelReader = {
  readonly status: (cluster: string) => Promise<ClusterStatus | null>
  readonly stragglers: (cluster: string) => Promise<Stragglers | null>
  readonly report: (cluster: string) => Promise<UpgradeReport | null>
  /** The newest pulse of any worker of the cluster, the leader's first. */
  readonly pulse: (cluster: string) => Promise<WorkerPulse | null>
}

/** One message in Slack: where it is, what it shows, and what it should show (design.md §8). */
export type OutboxRow = {
  readonly message: string
  readonly cluster: string
  readonly wanted: string
  readonly wantedRevision: number
  readonly channel?: string
  readonly ts?: string
  readonly shownRevision?: number
  /** What decides its buttons, as last shown, and when (epoch ms): edits are spread over all bots. */
  readonly shownState?: string
  readonly shownAt?: number
  /** A post was begun and its reply isn't known: it may stand there or not. */
  readonly unsure?: UnsurePost
  /** Since when it could not be sent (epoch ms). */
  readonly failingSince?: number
  /** This revision is tried no more. */
  readonly leftRevision?: number
}

export type UnsurePost = {
  readonly channel: string
  readonly revision: number
  readonly at: number
  /** How many posts of this revision are unsure. */
  readonly posts: number
}

/** Where a message stands and what it shows; `state` and `now` (epoch ms) only where this bot drew it just now. */
export type Shown = {
  readonly channel: string
  readonly ts: string
  readonly revision: number
  readonly state?: string
  readonly now?: number
}

/** The bot's memory in Redis: rows of the outbox, response URLs for 30 minutes, things seen. */
export type BotMemory = {
  readonly row: (message: string) => Promise<OutboxRow | null>
  /** Keeps the newer of two wanted states; true when this one was newer or equal. */
  readonly want: (row: OutboxRow) => Promise<boolean>
  readonly shown: (message: string, at: Shown) => Promise<void>
  /** Said before a post, so that a bot that dies in it leaves word; null: nothing was posted. */
  readonly unsure: (message: string, post: UnsurePost | null) => Promise<void>
  /** Remembers that it could not be sent; since when (epoch ms), over all bots and restarts. */
  readonly failing: (message: string, nowMs: number) => Promise<number>
  /** This revision is tried no more; wanted anew (another text or revision) it is. */
  readonly leave: (message: string, revision: number) => Promise<void>
  /** The highest of all orders given for this series of messages. */
  readonly newest: (series: string, order: number) => Promise<number>
  /** Rows whose shown revision is behind, oldest first, without those that were left. */
  readonly behind: () => Promise<readonly string[]>
  /** One bot at a time works on one message; false when another holds it. */
  readonly claim: (message: string, holdMs: number) => Promise<boolean>
  readonly free: (message: string) => Promise<void>
  readonly keepReply: (request: string, reply: Reply) => Promise<void>
  readonly reply: (request: string) => Promise<Reply | null>
  /** True the first time within 10 minutes: envelopes, trigger ids, notices. */
  readonly firstTime: (key: string) => Promise<boolean>
  /** The language that somebody chose, as `choose` was given it; null where they chose none, or Redis was flushed since. */
  readonly chosen: (user: string) => Promise<string | null>
  /** Kept for ever, or until Redis is flushed. */
  readonly choose: (user: string, language: string) => Promise<void>
  /** True when Redis lost its memory since the last look. */
  readonly renewEpoch: (cluster: string) => Promise<boolean>
}

/** `away`: network or Slack's own trouble. `revoked`: the token is taken no more, until somebody gives another or this one back. */
export type SlackState = {
  readonly kind: 'ok' | 'away' | 'revoked'
  /** Epoch ms, machine clock. */
  readonly since: number
  readonly error?: string
}

/** Where to answer one request: a response_url is a bearer capability, kept 30 minutes and never logged. */
export type Reply = {
  readonly url: string
  readonly user: string
  readonly locale: string
  readonly sentAt: number
  readonly what: string
}
