import { z } from 'zod'
import { coded } from './facts.ts'
import { keeper } from './keeper.ts'
import { clusterName, isoTime } from './names.ts'

/** From which revisions pods move to which. A run has one from its switch on; going back, with the roles swapped. */
export const migration = z.object({ from: z.array(z.string()).min(1), to: z.string() })
export type Migration = z.infer<typeof migration>

/**
 * Until when teams are asked to have redeployed: a day of a zone, and how many days it was away when this was written; negative once
 * it had passed.
 */
export const deadline = z.object({ day: z.iso.date(), days: z.int() })
export type Deadline = z.infer<typeof deadline>

/** The day on which the last pod would move at the pace of the last days: so many pods moved over so many days. */
export const forecast = z.object({ day: z.iso.date(), over: z.int().positive(), moved: z.int().positive() })
export type Forecast = z.infer<typeof forecast>

const count = z.int().nonnegative()

/** Pods by the sidecar that they carry: of a revision to leave, of the one to reach, of any other (or one that nobody knows). */
export const podCounts = z.object({ old: count, new: count, other: count })
export type PodCounts = z.infer<typeof podCounts>

/**
 * Whom a phase concerns, as counted when its card was made: pods on a sidecar to leave, how many teams own them, those that nobody owns,
 * and beside them pods of whose sidecar nothing says the revision.
 */
export const reach = z.object({ teams: count, pods: count, unowned: count, unknown: count })
export type Reach = z.infer<typeof reach>

/** One team's part; `team` is null for what nobody owns. */
const teamCount = podCounts.extend({ team: z.string().nullable(), workloads: count })
export type TeamCount = z.infer<typeof teamCount>

/** Proxies that the istiods of one revision say are connected; null where one of them could not be asked: unknown, not zero. */
const connected = z.object({
  revision: z.string(),
  proxies: count.nullable(),
  /** Those that were asked, each by its pod's uid and how often its process was started again. */
  istiods: z.array(z.string()),
})
export type Connected = z.infer<typeof connected>

/** Pods of the new revision whose proxy image an annotation pins; `workloads` are `namespace/kind/name`, and `more` were left out. */
export const pinned = z.object({ pods: count, workloads: z.array(z.string()), more: count })
export type Pinned = z.infer<typeof pinned>

/** How far a migration is. `workloads` counts those with a pod on an old sidecar. */
export const census = z.object({
  v: z.literal(1),
  cluster: clusterName,
  migration,
  /** When the API server last said anything of pods, by the calendar: every number is as old as that. */
  countedAt: isoTime,
  pods: podCounts,
  /** Of the others, those with a sidecar of which nothing says the revision. */
  unknown: count,
  pinned: pinned.optional(),
  workloads: count,
  /** Those with a pod on an old sidecar, worst first. */
  teams: z.array(teamCount),
  /** How many were left at the last look of an earlier day of this migration. */
  before: z.object({ day: z.iso.date(), old: count, new: count.optional() }).nullable(),
  /** The second source, asked less often, with an age of its own. */
  second: z.object({ askedAt: isoTime, connected: z.array(connected) }).nullable(),
})
export type Census = z.infer<typeof census>

/** A workload of which a pod still carries an old sidecar, with the first cause why and what to do about it. */
export const straggler = z.object({
  team: z.string().nullable(),
  namespace: z.string(),
  kind: z.string(),
  name: z.string(),
  old: count,
  pods: count,
  /** When its newest pod was made: a redeploy, a scale-out or a drain. */
  newestPodAt: isoTime,
  /** When its newest ReplicaSet was made: its last redeploy. Absent for kinds without one. */
  redeployedAt: isoTime.optional(),
  /** The tool that keeps it. Absent also in what was counted by an earlier version. */
  keeper: keeper.optional(),
  cause: coded,
})
export type Straggler = z.infer<typeof straggler>

/** All of them, worst team first; the census' own companion, kept apart because it may be large. */
export const stragglers = z.object({
  v: z.literal(1),
  cluster: clusterName,
  migration,
  countedAt: isoTime,
  pinned: pinned.optional(),
  /** Pods with a sidecar of which nothing says the revision. */
  unknown: count.optional(),
  workloads: z.array(straggler),
})
export type Stragglers = z.infer<typeof stragglers>

/** A calendar day's last look, kept in the cluster for trend and digest. */
export const censusDay = z.object({
  day: z.iso.date(),
  at: isoTime,
  migration,
  pods: podCounts,
  teams: z.array(z.object({ team: z.string().nullable(), old: count })),
})
export type CensusDay = z.infer<typeof censusDay>
