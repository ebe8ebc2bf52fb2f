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
}

/** The bot's memory in Redis: rows of the outbox, response URLs for 30 minutes, things seen. */
export type BotMemory = {
  readonly row: (message: string) => Promise<OutboxRow | null>
  /** Keeps the newer of two wanted states; true when this one was newer or equal. */
  readonly want: (row: OutboxRow) => Promise<boolean>
  readonly shown: (
    message: string,
    at: { readonly channel: string; readonly ts: string; readonly revision: number },
  ) => Promise<void>
  /** Rows whose shown revision is behind, oldest first. */
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

/** Where to answer one request: a response_url is a bearer capability, kept 30 minutes and never logged. */
export type Reply = {
  readonly url: string
  readonly user: string
  readonly locale: string
  readonly sentAt: number
  readonly what: string
}
