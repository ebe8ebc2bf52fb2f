import { z } from 'zod'
import { about } from './card-about.ts'
import { callFacts } from './call-facts.ts'
import { deadline, forecast, migration, pinned, podCounts, reach, straggler } from './census.ts'
import { coded } from './facts.ts'
import { upgradeNumbers } from './evidence.ts'
import { approvalId, clusterName, hex256, isoTime, phaseName, slackChannel } from './names.ts'
import { classPlan, stepPlan } from './plan.ts'
import { concernFacts, disownedFacts } from './concern-facts.ts'
import { restartFacts } from './restart-card.ts'
import { CARD_STATES, proof, STEP_STATES } from './run.ts'

/** A line of a list of commands that a person could run instead of us, or to undo us. */
const command = z.string().max(3000)

const approvalFacts = z.object({
  card: z.literal('approval'),
  ...about,
  id: approvalId,
  revision: z.int(),
  state: z.enum(CARD_STATES),
  phase: phaseName,
  /** Which decision of how many: cards count decisions, not phases. */
  decisionNumber: z.int(),
  decisionsInAll: z.int(),
  /** The day that was asked for with the upgrade. */
  by: z.iso.date().optional(),
  planHash: hex256,
  fingerprint: hex256,
  requestedBy: z.string(),
  need: z.int(),
  approvers: z.array(z.string()),
  approvedBy: z.array(z.object({ user: z.string(), at: isoTime })),
  endedBy: z.object({ user: z.string(), at: isoTime, reason: z.string().optional() }).optional(),
  startedBy: z.object({ user: z.string(), at: isoTime }).optional(),
  /** When it was superseded, withdrawn, rejected or expired. */
  endedAt: isoTime.optional(),
  expiresAt: isoTime,
  requesterMayApprove: z.boolean(),
  strategy: z.enum(['tag', 'patch']),
  steps: z.array(stepPlan),
  classes: z.array(classPlan),
  checks: z.array(coded),
  blocked: z.array(coded),
  warnings: z.array(coded),
  notChecked: z.array(z.string()),
  because: coded.optional(),
  /** Absent where it could not be counted: unknown, not zero. */
  reach: reach.optional(),
  commands: z.array(command),
  undoCommands: z.array(command),
})
export type ApprovalFacts = z.infer<typeof approvalFacts>

const progressFacts = z.object({
  card: z.literal('progress'),
  ...about,
  phase: phaseName,
  /** Everything is taken back, not this phase alone. */
  whole: z.literal(true).optional(),
  direction: z.enum(['forward', 'undo']),
  state: z.enum(['running', 'done', 'failed', 'undone', 'halted']),
  steps: z.array(z.object({ step: stepPlan, state: z.enum(STEP_STATES), line: z.string().max(300).optional() })),
  startedAt: isoTime,
  endedAt: isoTime.optional(),
  approvedBy: z.array(z.string()),
  /** After it ended: what proves it, what went wrong, what comes next. */
  proofs: z.array(proof),
  evidence: z.array(coded),
  error: coded.optional(),
  /** May somebody still go back from here? */
  rollbackOffered: z.boolean(),
  /** The phase stands as before its start, and may be asked for again. */
  reaskOffered: z.boolean(),
})
export type ProgressFacts = z.infer<typeof progressFacts>

const alarmFacts = z.object({
  card: z.literal('alarm'),
  ...about,
  phase: phaseName,
  /** No phase is at work: the switch is done, and pods move at their own redeploy. */
  migrating: z.literal(true).optional(),
  what: coded,
  at: isoTime,
  endedAt: isoTime.optional(),
  rollbackOffered: z.boolean(),
})
export type AlarmFacts = z.infer<typeof alarmFacts>

/** The run as a whole: where it stands, posted when it was stopped, resumed, rolled back or ended. */
const runFacts = z.object({
  card: z.literal('run'),
  ...about,
  phase: phaseName,
  state: z.string(),
  requestedBy: z.string(),
  stoppedBy: z.string().optional(),
  because: coded.optional(),
  evidence: z.array(coded),
  rollbackOffered: z.boolean(),
})
export type RunFacts = z.infer<typeof runFacts>

/** Of the other pods, those with a sidecar of which nothing says the revision: while there is one, nobody is said to be done. */
const unknownPods = z.int().nonnegative().optional()

const curve = z.array(z.object({ day: z.iso.date(), old: z.int(), new: z.int() }))

/** The nightly digest of a migration: posted once, never edited. Dates are days in the cluster's zone. */
const digestFacts = z.object({
  card: z.literal('digest'),
  ...about,
  day: z.iso.date(),
  /** It comes after its time. */
  late: z.boolean(),
  /** A worker was there at its time, and could not count the pods. */
  uncounted: z.literal(true).optional(),
  migration,
  countedAt: isoTime,
  pods: podCounts,
  unknown: unknownPods,
  /** The last digest that was told. */
  before: z.object({ day: z.iso.date(), old: z.int(), new: z.int().optional() }).optional(),
  /** Worst first, what nobody owns last; `more` and `moreTeams` were left out. */
  teams: z.array(
    z.object({
      team: z.string().nullable(),
      old: z.int(),
      workloads: z.array(straggler),
      more: z.int(),
    }),
  ),
  moreTeams: z.int(),
  pinned: pinned.optional(),
  deadline: deadline.optional(),
  /** So many teams would be reminded, and nobody has let the first reminders leave. */
  held: z.int().positive().optional(),
  /** The newest days, oldest first. */
  curve: curve.optional(),
  forecast: forecast.optional(),
})
export type DigestFacts = z.infer<typeof digestFacts>

/** The weeks in which pods move, in one card of the cluster's channel that is edited each hour. */
const waitFacts = z.object({
  card: z.literal('wait'),
  ...about,
  /** The revisions that are to go. */
  revision: z.string(),
  countedAt: isoTime,
  pods: podCounts,
  unknown: unknownPods,
  /** The newest days, oldest first. */
  curve,
  forecast: forecast.optional(),
  /** Worst first; `moreTeams` were left out. */
  teams: z.array(z.object({ team: z.string().nullable(), old: z.int() })),
  moreTeams: z.int(),
  deadline: deadline.optional(),
  rollbackOffered: z.boolean(),
  /** What keeps the control plane that is to go; absent while somebody is asked to let it go. */
  because: coded.optional(),
})
export type WaitFacts = z.infer<typeof waitFacts>

/** A word to one team in its own channel: told of the switch, nudged, or done. Edited only where somebody answered a nudge. */
const teamFacts = z.object({
  card: z.literal('team'),
  ...about,
  kind: z.enum(['told', 'nudge', 'done']),
  /** Null to whoever looks after what no team owns. */
  team: z.string().nullable(),
  /** The label or annotation that says whose a workload is. */
  label: z.string().optional(),
  /** Which nudge of how many. */
  number: z.int(),
  most: z.int(),
  requestedBy: z.string(),
  /** The channel of the upgrade, where the team reads another. */
  askedIn: slackChannel.optional(),
  contact: z.string().optional(),
  countedAt: isoTime,
  old: z.int(),
  workloads: z.array(straggler),
  more: z.int(),
  /** In the team's own zone. */
  deadline: deadline.optional(),
  /** Days for which a later reminder is offered. */
  remindDays: z.array(z.iso.date()).optional(),
  /** There is a newer nudge: this one is not answered any more. */
  replaced: z.literal(true).optional(),
  /** Replaced by none: the upgrade went another way, or is over. */
  over: z.literal(true).optional(),
  /** Replaced by none: nothing of theirs is left, and it is not they who moved it. */
  gone: z.literal(true).optional(),
  /** Somebody of the team may restart what a redeploy alone would move, by a click on this card. */
  restarts: z.literal('owners').optional(),
  answered: z
    .object({ user: z.string(), kind: z.enum(['snooze', 'not-ours']), until: z.iso.date().optional() })
    .optional(),
})
export type TeamFacts = z.infer<typeof teamFacts>

/** What a run's first nudges would say and to whom, before any leaves: edited until somebody sends them. */
const previewFacts = z.object({
  card: z.literal('preview'),
  ...about,
  state: z.enum(['held', 'sent', 'nobody', 'over']),
  /** The revision to which pods move. */
  revision: z.string(),
  requestedBy: z.string(),
  countedAt: isoTime,
  /** Most pods first; `moreTeams` were left out. */
  teams: z.array(z.object({ team: z.string().nullable(), channel: z.string(), old: z.int(), workloads: z.int() })),
  moreTeams: z.int(),
  /** The nudge of the first of them, as it would be sent. */
  sample: teamFacts.optional(),
  sentBy: z.object({ user: z.string(), at: isoTime }).optional(),
})
export type PreviewFacts = z.infer<typeof previewFacts>

/**
 * To one person alone: a card waits for them. Its stage is the card's own, but `thanks` for one who approved while it still waits, `start`
 * for whoever is to start it, and `lapsed` where they didn't.
 */
const reminderFacts = z.object({
  card: z.literal('reminder'),
  ...about,
  phase: phaseName,
  stage: z.enum([
    'open',
    'thanks',
    'approved',
    'started',
    'rejected',
    'expired',
    'superseded',
    'withdrawn',
    'start',
    'lapsed',
  ]),
  requestedBy: z.string(),
  have: z.int(),
  need: z.int(),
  expiresAt: isoTime,
  /** Who decided last, and when. */
  by: z.string().optional(),
  at: isoTime.optional(),
  /** Where the card stands. */
  link: z.string().optional(),
})
export type ReminderFacts = z.infer<typeof reminderFacts>

/** The record of the upgrade cannot be believed or read, so that nobody knows what is expected: nothing is done, nothing watched. */
const recordFacts = z.object({
  card: z.literal('record'),
  cluster: clusterName,
  what: coded,
  at: isoTime,
  endedAt: isoTime.optional(),
})
export type RecordFacts = z.infer<typeof recordFacts>

/** How an upgrade ended, in four numbers: posted once, when it is over; edited where its end changes (it was taken back). */
const endFacts = z.object({
  card: z.literal('end'),
  ...about,
  state: z.string(),
  requestedBy: z.string(),
  numbers: upgradeNumbers,
  /** Classes of namespaces that the last proof held right. */
  proven: z.int(),
  alarms: z.int(),
})
export type EndFacts = z.infer<typeof endFacts>

export const cardFacts = z.discriminatedUnion('card', [
  approvalFacts,
  progressFacts,
  alarmFacts,
  callFacts,
  runFacts,
  digestFacts,
  teamFacts,
  disownedFacts,
  concernFacts,
  previewFacts,
  waitFacts,
  recordFacts,
  endFacts,
  reminderFacts,
  restartFacts,
])
export type CardFacts = z.infer<typeof cardFacts>
