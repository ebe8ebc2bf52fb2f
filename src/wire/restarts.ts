import { z } from 'zod'
import { coded } from './facts.ts'
import { hex256, isoTime, requestId, runId, slackGroup, slackUser } from './names.ts'
import { controlPlane } from './plan.ts'

/** The kinds that `kubectl rollout restart` restarts by one write. */
export const RESTARTED_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const

/** A workload as people know it. The kind may be one that is not restarted here: then it is told how. */
export const workloadRef = z.object({
  namespace: z.string().min(1).max(63),
  kind: z.string().min(1).max(63),
  name: z.string().min(1).max(253),
})
export type WorkloadRef = z.infer<typeof workloadRef>

export const RESTART_STATES = ['planned', 'asked', 'running', 'done', 'failed', 'dropped'] as const
export type RestartState = (typeof RESTART_STATES)[number]

/** Pods of a rollout: how many are wanted, made from the new template, and available of these. */
export const rolloutCounts = z.object({
  wanted: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  available: z.int().nonnegative(),
})
export type RolloutCounts = z.infer<typeof rolloutCounts>

/**
 * One restart that somebody of the owning team clicked, kept in the cluster and written before the act. `uid` and `shape` (a
 * hash) are those of the workload that was shown to them: of another one, or one that was deployed since, nothing is written.
 */
const restart = z.object({
  id: requestId,
  run: runId,
  from: z.array(controlPlane),
  to: controlPlane,
  team: z.string().max(63),
  workload: workloadRef,
  uid: z.string(),
  shape: hex256.optional(),
  /** In place of the shape, in records of earlier versions. */
  generation: z.int().optional(),
  by: slackUser,
  /** Those of the team's user groups that they belonged to at the click. */
  groups: z.array(slackGroup).optional(),
  at: isoTime,
  /** When it is to begin, where somebody picked a time. */
  due: isoTime.optional(),
  state: z.enum(RESTART_STATES),
  /** The exact value of the annotation: who finds it in the template knows that the write was made. */
  stamp: isoTime.optional(),
  /** When the write became due, by the machine's clock: soon after it is not made any more. */
  askedAt: isoTime.optional(),
  /** The generation of the workload when the write was tried first: noted before it is sent. */
  tried: z.int().optional(),
  startedAt: isoTime.optional(),
  endedAt: isoTime.optional(),
  counts: rolloutCounts.optional(),
  because: coded.optional(),
  /** Each change of what its card shows counts one; `told` is the last that was sent. */
  revision: z.int().positive(),
  told: z.int().nonnegative(),
})
export type Restart = z.infer<typeof restart>

export const restarts = z.object({ v: z.literal(1), all: z.array(restart) })
export type Restarts = z.infer<typeof restarts>
