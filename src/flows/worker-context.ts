import type { Clocks } from '../kernel/clock.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { Log } from '../kernel/log.ts'
import type { Window } from '../kernel/windows.ts'
import type { NudgePolicy } from '../notify/nudge.ts'
import type { Turns } from '../kernel/turns.ts'
import type { Audit, EvidenceFiles } from '../ports/audit-storage.ts'
import type { TeamPods, TeamWorkload } from '../census/count.ts'
import type { CensusStore } from '../ports/census-store.ts'
import type { Cluster, Istioctl } from '../ports/cluster.ts'
import type { DigestStore } from '../ports/digest-store.ts'
import type { HttpProbe } from '../ports/http-probes.ts'
import type { ReadModelWriter } from '../ports/read-model.ts'
import type { RestartStore } from '../ports/restart-store.ts'
import type { RunStore } from '../ports/run-store.ts'
import type { WorkQueue } from '../ports/work-queue.ts'
import type { Policy } from '../upgrade/policy.ts'
import type { Census, Straggler } from '../wire/census.ts'
import type { Coded } from '../wire/facts.ts'
import type { Locale } from '../wire/names.ts'
import type { Holder } from '../wire/run.ts'
import type { PreviewTurns } from './preview-turns.ts'
import type { PhaseProbes } from './probe-phase.ts'
import type { RunKeeper } from './run-keeper.ts'
import type { TeamKeeper } from './team-keeper.ts'

/** What one cluster's worker is set to, from its own file. */
export type WorkerSettings = {
  readonly cluster: string
  readonly channel: string
  readonly fallbackChannel?: string
  /** Zone of the cluster's days. */
  readonly timezone: string
  /** Label or annotation that names a workload's team, else its namespace's. */
  readonly teamLabel: string
  /** When the digest comes, in minutes of the cluster's day. */
  readonly digestAt: number
  /** Teams with a channel of their own, by the name that the label has. */
  readonly teams: Readonly<Record<string, KnownTeam>>
  /** Who is asked for what no team owns; absent: nobody. */
  readonly unowned?: KnownTeam
  readonly nudge: NudgePolicy & { readonly window: Window }
  /** How long after the proof of the switch teams are asked to have redeployed, in ms; absent: by no day. */
  readonly deadlineMs?: number
  /** May owners restart their own workloads by a click? Absent: no. */
  readonly restarts?: 'off' | 'owners'
  /** How long evidence stays in its folder after the end of an upgrade, in ms; absent: for ever. */
  readonly evidenceKeepMs?: number
  /** Who is mentioned in an alarm. */
  readonly mention: readonly string[]
  readonly namespace: string
  readonly istioNamespace: string
  /** The operator file as istioctl gets it: its path on this machine. */
  readonly operatorFile: string
  /** URLs of tenants' traffic that are asked while a phase is at work. */
  readonly probes: readonly HttpProbe[]
  /** Public keys whose signature makes a request of the bot's. */
  readonly botKeys: readonly string[]
  /** Null when now is a time to begin; else why not (OUTSIDE_WINDOW, FROZEN). */
  readonly timing: (nowMs: number) => Coded | null
  readonly times: WorkerTimes
}

/** Where a team is told what concerns it, and how. */
export type KnownTeam = {
  readonly channel: string
  readonly contact?: string
  /** Who may restart its workloads by a click; nobody listed means nobody may. */
  readonly members?: readonly string[]
  readonly locale?: Locale
  readonly timezone?: string
}

/** One look of the census, with the workloads that are left. */
export type Taken = {
  readonly census: Census
  /** When the pods were seen, epoch ms by the machine clock: what is judged by age takes this, `countedAt` is for people. */
  readonly seenMs: number
  readonly stragglers: readonly Straggler[]
  readonly everyTeam: readonly TeamPods[]
  /** Every workload in the mesh, the last changed first. */
  readonly workloads: readonly TeamWorkload[]
}

/** Durations in ms; tests shorten them. */
export type WorkerTimes = {
  /** How long `istioctl install` may take before it is ended. */
  readonly installDeadline: number
  /** How long a new control plane may take to have its endpoints ready. */
  readonly readyDeadline: number
  /** How long OLD is at zero in a rehearsal. */
  readonly rehearsal: number
  /** How long a proof may ask again after a write until every API server has heard of it. */
  readonly proofDeadline: number
  /** Over how long fresh connections are spread where API servers can't be asked one by one. */
  readonly freshSpread: number
  /** How often the worker looks by itself: due things, proofs, pulse. */
  readonly tick: number
  readonly proofEvery: number
  /** How often the tenants' workloads, pods and gateways are read anew while a run is under way. */
  readonly tenantsEvery: number
  /** How often pods are counted while they migrate. */
  readonly censusEvery: number
  /** Older than this a count is told to nobody: on a quiet cluster the API server says something about once a minute. */
  readonly staleAfter: number
  /** How old what is known of workloads may grow, and how soon it is read again for a pod of an unknown owner. */
  readonly workloadsEvery: number
  readonly strangersEvery: number
  /** How long a workload that was restarted may take until it is healthy. */
  readonly restartDeadline: number
  /** How often the istiods are asked who is connected, and how often the day's row is saved. */
  readonly istiodsEvery: number
  readonly dayEvery: number
}

/** Everything a flow of the worker may use. Built once, in compose.ts. */
export type WorkerContext = {
  readonly settings: WorkerSettings
  readonly policy: Policy
  readonly cluster: Cluster
  readonly istioctl: Istioctl
  readonly store: RunStore
  readonly censusStore: CensusStore
  readonly digestStore: DigestStore
  readonly teams: TeamKeeper
  readonly restarts: RestartStore
  readonly runs: RunKeeper
  readonly audit: Audit
  /** Null where this worker was told to write none. */
  readonly evidenceFiles: EvidenceFiles | null
  readonly queue: WorkQueue
  readonly readModel: ReadModelWriter
  readonly phaseProbes: PhaseProbes
  readonly clocks: Clocks
  readonly log: Log
  /** The operator file's content now. Throws OPERATOR_FILE_MISSING. */
  readonly operatorFileText: () => Promise<string>
  /** What injection rested on when it was last looked at: for the status, never for a decision. */
  readonly lastMesh: () => Mesh | null
  readonly keepMesh: (mesh: Mesh) => void
  /** The last census of the migration that is under way, for status and digest; null while there is none. */
  readonly lastCensus: () => Taken | null
  readonly keepCensus: (taken: Taken | null) => void
  readonly newId: (prefix: string) => string
  /** This process as the journal names it, acting until `deadlineMs` (epoch). */
  readonly holder: (deadlineMs: number) => Holder
  readonly holderGone: (holder: Holder) => Promise<'gone' | 'alive' | 'unknown'>
  /** Aborted when the Lease is lost: children are killed and nothing more is sent. */
  readonly lost: AbortSignal
  /**
   * Is the Lease ours at this very moment? By the clocks, since a process that was stopped for a while hears late that it
   * lost it. Writes to the cluster and to the record ask it by themselves, right before they go out.
   */
  readonly holds: () => boolean
  /** Effects are applied by one hand at a time, so that none is applied twice without need. */
  readonly effectTurns: Turns
  /** Comparisons for a team: one at a time, beside the requests that decide, which never wait for one. */
  readonly compareTurns: Turns
  readonly previewTurns: PreviewTurns
  /** Abort controllers of the steps that run here, by step id: a rollback cancels through them. */
  readonly running: Map<string, AbortController>
}
