import { z } from 'zod'
import { cardFacts } from './card-facts.ts'
import { census, deadline } from './census.ts'
import { evidence, upgradeNumbers } from './evidence.ts'
import { coded } from './facts.ts'
import { clusterName, isoTime, phaseName, runId } from './names.ts'
import { controlPlane } from './plan.ts'
import { RUN_STATES } from './run.ts'

/** What `/istio status` and `/istio approvals` answer from, without asking the cluster. Written by the acting worker. */
export const clusterStatus = z.object({
  v: z.literal(1),
  cluster: clusterName,
  at: isoTime,
  /** Revisions found, with what each class of new pods gets; every number is as old as `countedAt`. */
  controlPlanes: z.array(controlPlane.extend({ ready: z.int(), wanted: z.int() })),
  classes: z.array(z.object({ key: z.string(), namespaces: z.int(), gets: z.string().nullable() })),
  countedAt: isoTime.nullable(),
  /** How far the migration is, while there is one. */
  census: census.nullable().default(null),
  run: z
    .object({
      id: runId,
      state: z.enum(RUN_STATES),
      phase: phaseName,
      from: z.array(controlPlane),
      to: controlPlane,
      requestedBy: z.string(),
      requestedAt: isoTime,
      stopped: z.boolean(),
      halted: coded.optional(),
      /** Why the control plane that is to go may not go yet; of a run that is done, how long the old one can be put back. */
      waits: coded.optional(),
      /** Until when teams are asked to have redeployed, in the cluster's zone; absent where nobody is asked by a day. */
      deadline: deadline.optional(),
      /** So many teams would be reminded, and nobody has let the first reminders leave. */
      held: z.int().positive().optional(),
      alarms: z.array(coded),
      rollbackOffered: z.boolean(),
      /** Open approval cards, with where they were posted. */
      open: z.array(
        z.object({ card: cardFacts, posted: z.object({ channel: z.string(), ts: z.string() }).optional() }),
      ),
    })
    .nullable(),
})
export type ClusterStatus = z.infer<typeof clusterStatus>

/** What `/istio report` answers from: how the cluster's last upgrade ended. */
export const upgradeReport = z.object({
  v: z.literal(1),
  cluster: clusterName,
  run: runId,
  at: isoTime,
  from: z.array(controlPlane),
  to: controlPlane,
  state: z.enum(RUN_STATES),
  requestedBy: z.string(),
  requestedAt: isoTime,
  approvals: z.array(z.object({ phase: phaseName, by: z.array(z.string()), startedBy: z.string().optional() })),
  numbers: upgradeNumbers,
  /** Classes of namespaces that the last proof held right, and alarms that there were. */
  proven: z.int(),
  alarms: z.int(),
  audit: evidence.shape.audit,
  /** Where the files are, on the worker's disk; absent where it was told to write none. */
  files: z.array(z.string()).optional(),
})
export type UpgradeReport = z.infer<typeof upgradeReport>

/** A worker's sign of life, renewed every few seconds. */
export const workerPulse = z.object({
  v: z.literal(1),
  cluster: clusterName,
  worker: z.string(),
  leads: z.boolean(),
  at: isoTime,
  /** Why it refuses to act, when it does (e.g. the policy is unreadable). */
  refuses: coded.optional(),
})
export type WorkerPulse = z.infer<typeof workerPulse>
