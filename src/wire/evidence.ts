import { z } from 'zod'
import { auditEntry } from './audit-entry.ts'
import { coded } from './facts.ts'
import { clusterName, hex256, isoTime, phaseName, runId } from './names.ts'
import { controlPlane, plan } from './plan.ts'
import { proof, RUN_STATES, STEP_STATES } from './run.ts'

const count = z.int().nonnegative()
const who = z.object({ user: z.string(), name: z.string() })

/** The four numbers of an upgrade; null is unknown, and never shown as none. */
export const upgradeNumbers = z.object({
  /** Pods with a sidecar of the new revision at the last count of the run. */
  podsMoved: count.nullable(),
  /** Workloads outside Istio's and our own namespace that carry a write of ours: what restarts a pod begins with one. */
  tenantWorkloadsWritten: count.nullable(),
  /** Restarts that somebody of the owning team clicked, and that were written; absent in older reports. They count in none of the others. */
  ownerRestarts: count.optional(),
  /** What people did in chat that counted: the command, approvals, starts, stops. */
  clicks: count,
  /** From the command to the end, or to now. */
  days: count,
})
export type UpgradeNumbers = z.infer<typeof upgradeNumbers>

const approval = z.object({
  phase: phaseName,
  need: count,
  askedAt: isoTime,
  decisions: z.array(
    z.object({ verdict: z.enum(['approve', 'reject', 'start']), who, at: isoTime, reason: z.string().optional() }),
  ),
  /** What the people who decided could read. */
  checks: z.array(coded),
  commands: z.array(z.string()),
  undoCommands: z.array(z.string()),
})

const step = z.object({
  id: z.string(),
  phase: phaseName,
  state: z.enum(STEP_STATES),
  attempts: count,
  /** Would a rollback put something of it back? A rehearsal has done so itself. */
  undoable: z.boolean(),
  startedAt: isoTime.optional(),
  endedAt: isoTime.optional(),
  proofs: z.array(proof),
  evidence: z.array(coded),
  error: coded.optional(),
})

/** One upgrade as an auditor reads it: who asked, who approved, what was done and proven, and every line of the audit. */
export const evidence = z.object({
  v: z.literal(1),
  cluster: clusterName,
  run: runId,
  /** By the calendar of whoever wrote it. */
  madeAt: isoTime,
  from: z.array(controlPlane),
  to: controlPlane,
  strategy: plan.shape.strategy,
  planHash: hex256,
  state: z.enum(RUN_STATES),
  phase: phaseName,
  requestedBy: who,
  requestedAt: isoTime,
  endedAt: isoTime.optional(),
  rollback: z.object({ who: who.optional(), at: isoTime, because: coded }).optional(),
  numbers: upgradeNumbers,
  /** Istio's namespace and ours, in which we do write. */
  ownNamespaces: z.array(z.string()),
  approvals: z.array(approval),
  steps: z.array(step),
  alarms: z.array(z.object({ what: coded, at: isoTime, endedAt: isoTime.optional() })),
  /** Said before it began: warnings, differences acknowledged by name, and checks that this version does not make. */
  exceptions: plan.pick({ warnings: true, acknowledged: true, notChecked: true }),
  /** The day by which teams were asked to redeploy, where the upgrade was asked for with one. */
  by: z.iso.date().optional(),
  /** Pods by sidecar, day by day. */
  curve: z.array(z.object({ day: z.iso.date(), old: count, new: count, other: count })),
  /** The run's own lines of the cluster's chain, whole, so that each can be checked by its hash. */
  lines: z.array(auditEntry),
  /** The reading of the whole chain: its head is for comparing with one that was noted elsewhere. */
  audit: z.object({ lines: count, head: z.union([hex256, z.literal('')]), broken: z.string().nullable() }),
})
export type Evidence = z.infer<typeof evidence>
