import { z } from 'zod'
import { reach } from './census.ts'
import { coded, facts } from './facts.ts'
import { approvalId, clusterName, hex256, isoTime, phaseName, runId } from './names.ts'
import { person } from './person.ts'
import { plan } from './plan.ts'
import { signedRequest } from './request.ts'

/** What the record of a run may hold, in bytes of JSON. A ConfigMap takes 1 MiB; this is read and written with every step. */
export const RECORD_LIMIT = 256 * 1024

/** One person's decision on one card. The signed request that carried it goes to the audit with its line. */
const decision = z.object({
  verdict: z.enum(['approve', 'reject', 'start']),
  who: person,
  at: isoTime,
  reason: z.string().optional(),
})
export type Decision = z.infer<typeof decision>

/**
 * A card asks for one phase. `pending` until enough people approved; `approved` waits for Start; `started` is used up;
 * the other states are final and say why nothing came of it.
 */
export const CARD_STATES = ['pending', 'approved', 'started', 'rejected', 'expired', 'superseded', 'withdrawn'] as const
const approvalCard = z.object({
  id: approvalId,
  phase: phaseName,
  /** Grows with every change of the card; a click on an older one is stale. */
  revision: z.int().nonnegative(),
  state: z.enum(CARD_STATES),
  planHash: hex256,
  fingerprint: hex256,
  /**
   * Hash of the facts that were sent to be shown, per revision of this card's present asking. A click on an earlier one
   * still counts while only counts changed (a second approver may look at the card of a moment ago).
   */
  shown: z.array(z.object({ revision: z.int().nonnegative(), digest: hex256 })),
  need: z.int().positive(),
  from: z.array(z.string()),
  requesterMayApprove: z.boolean(),
  createdAt: isoTime,
  expiresAt: isoTime,
  decisions: z.array(decision),
  /** The gates as they stood when the card was made: evidence for the approver. */
  checks: z.array(coded),
  /** Gates that were closed when the card was made: it can be approved once they are open. */
  blocked: z.array(coded),
  /** What the phase does and how to undo it by hand, as exact command lines. */
  commands: z.array(z.string()),
  undoCommands: z.array(z.string()),
  /** Why it was superseded or withdrawn; of an open one, why its plan is another than the one before. */
  because: coded.optional(),
  endedAt: isoTime.optional(),
  /** Absent where it could not be counted. */
  reach: reach.optional(),
  /** When those who have not decided are reminded, and when they were. */
  remindAt: isoTime.optional(),
  remindedAt: isoTime.optional(),
})
export type ApprovalCard = z.infer<typeof approvalCard>

/** Who runs a child process or a write, so that a successor can tell whether they are gone (design.md §3). */
const holder = z.object({
  id: z.string().max(100),
  pod: z.object({ namespace: z.string(), name: z.string(), containerId: z.string() }).optional(),
  bootId: z.string(),
  pid: z.int(),
  /** Start time of the process in clock ticks since boot, from /proc: a pid alone may be reused. */
  startTicks: z.string(),
  child: z.object({ pid: z.int(), startTicks: z.string() }).optional(),
  deadline: isoTime,
})
export type Holder = z.infer<typeof holder>

/** What was asked and answered by one dry-run proof. */
export const proof = z.object({
  class: z.string(),
  namespace: z.string(),
  expected: z.string().nullable(),
  verdict: z.enum(['right', 'wrong', 'unprovable']),
  found: z.string().nullable(),
  because: coded.optional(),
  /** API server addresses that answered, or `fresh connections`. */
  via: z.array(z.string()),
  at: isoTime,
})
export type Proof = z.infer<typeof proof>

export const STEP_STATES = ['waiting', 'running', 'done', 'failed', 'undoing', 'undone', 'undo-failed'] as const
const stepEntry = z.object({
  id: z.string(),
  state: z.enum(STEP_STATES),
  attempt: z.int().nonnegative(),
  startedAt: isoTime.optional(),
  endedAt: isoTime.optional(),
  holder: holder.optional(),
  /** Did this run change anything in the cluster in this step? Undo passes over steps that never acted. */
  acted: z.boolean(),
  /** Hash and name of the saved objects that its undo rests on. */
  backup: z.object({ name: z.string(), sha256: hex256 }).optional(),
  proofs: z.array(proof),
  evidence: z.array(coded),
  error: coded.optional(),
})
export type StepEntry = z.infer<typeof stepEntry>

const condition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string(),
  facts,
  since: isoTime,
})

/** What must still be told or queued; struck off once applied. Ids are stable, so receivers drop repeats. */
const effect = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('step'),
    id: z.string(),
    step: z.string(),
    attempt: z.int(),
    direction: z.enum(['forward', 'undo']),
  }),
  z.object({ kind: z.literal('cancel-step'), id: z.string(), step: z.string() }),
  /** Bring one Slack message to the state that the run now has. */
  z.object({ kind: z.literal('message'), id: z.string(), message: z.string() }),
  /**
   * Bring the reminders of one card to the state that it now has; `first`: those who have not decided get one, or whoever is to start it
   * (`to`).
   */
  z.object({
    kind: z.literal('remind'),
    id: z.string(),
    card: z.string(),
    first: z.boolean(),
    to: z.literal('starter').optional(),
  }),
  z.object({ kind: z.literal('verdict'), id: z.string(), request: z.string(), ok: z.boolean(), said: coded }),
  z.object({
    kind: z.literal('audit'),
    id: z.string(),
    what: coded,
    who: person.optional(),
    at: isoTime,
    request: signedRequest.optional(),
  }),
])
export type Effect = z.infer<typeof effect>

/**
 * `waiting` for people; `running` steps forward; `undoing` them; `halted` because going on or back by itself would be
 * unsafe; `switched`: new pods get NEW, and pods migrate; `returned`: everything undone; `returning`:
 * new pods get OLD again but pods on NEW keep it needed; `done`: OLD is retired, and can still be put back for a while.
 */
export const RUN_STATES = [
  'waiting',
  'running',
  'undoing',
  'halted',
  'switched',
  'done',
  'returning',
  'returned',
  'ended',
] as const

export const run = z.object({
  v: z.literal(1),
  id: runId,
  cluster: clusterName,
  channel: z.string(),
  requestedBy: person,
  requestedAt: isoTime,
  plan,
  planHash: hex256,
  state: z.enum(RUN_STATES),
  phase: phaseName,
  /** Who stopped it: a person in Slack, or somebody with kubectl's rights at a terminal, as the API server knows them. */
  stopped: z.object({ who: person.optional(), byHand: z.string().optional(), at: isoTime }).optional(),
  cards: z.array(approvalCard),
  /** What the newest card's fingerprint rests on, field by field, each value hashed short. */
  fields: z.record(z.string(), z.string()),
  /**
   * The same fields as they were after the last step of ours: what differs from them since was changed by somebody else.
   * Missing while nothing was looked at since.
   */
  settled: z.record(z.string(), z.string()).optional(),
  steps: z.array(stepEntry),
  conditions: z.array(condition),
  /** Why it halted, in a code with facts. */
  halted: coded.optional(),
  /** Who asked for the way back, and when. */
  rollback: z.object({ who: person.optional(), at: isoTime, because: coded }).optional(),
  /** Revision numbers of the run's own messages (progress, alarm), which grow with each change. */
  messages: z.record(z.string(), z.int().nonnegative()),
  /** The progress messages: one per started card, and one for a rollback that no card asked for. */
  progress: z.array(
    z.object({
      id: z.string(),
      phase: phaseName,
      direction: z.enum(['forward', 'undo']),
      approvedBy: z.array(z.string()),
      startedAt: isoTime,
      endedAt: isoTime.optional(),
    }),
  ),
  alarms: z.array(z.object({ id: z.string(), key: z.string(), what: coded, at: isoTime, endedAt: isoTime.optional() })),
  /** What somebody was called for, each by a message of its own; absent in records of earlier versions, and before the first. */
  calls: z
    .array(
      z.object({
        id: z.string(),
        /** It `halted`, or a phase failed and was `undone` by itself. */
        kind: z.enum(['halted', 'undone']),
        phase: phaseName,
        what: coded,
        at: isoTime,
        endedAt: isoTime.optional(),
      }),
    )
    .optional(),
  pending: z.array(effect),
  /** How many effects this run ever had: their ids are numbered with it. */
  effects: z.int().nonnegative(),
  endedAt: isoTime.optional(),
})
export type Run = z.infer<typeof run>
