import { z } from 'zod'
import { runId } from './names.ts'

const raised = z.array(z.object({ user: z.string(), atMs: z.int() }))
export type Raised = z.infer<typeof raised>

/**
 * How often reminders of a team were drawn anew on this way, in all: each time with a higher revision. `looks` is what the newest one
 * shows, as a hash, and `atMs` since when; `owed`: it is saved, and may not be sent yet.
 */
const drawn = z.object({
  times: z.int().nonnegative(),
  looks: z.string(),
  atMs: z.int(),
  owed: z.literal(true).optional(),
})
export type Drawn = z.infer<typeof drawn>

/** What one team was told of one run's migration. Moments are epoch ms. */
const teamState = z.object({
  /** When it was told of the switch. */
  toldAtMs: z.int(),
  nudges: z.int().nonnegative(),
  lastMs: z.int(),
  /** Its pods on an old sidecar at the last look, marks of the workloads that had them, and when it last redeployed something. */
  old: z.int().nonnegative(),
  listed: z.array(z.string()).optional(),
  movedAtMs: z.int().optional(),
  /** Since when none is left, where none of its own moved: they may only be between two pods. */
  goneAtMs: z.int().optional(),
  /** When none was left. */
  doneAtMs: z.int().optional(),
  /** Not before this day of its zone, as somebody of it asked. */
  snoozedUntil: z.iso.date().optional(),
  /** What it said is not its own, as `namespace/kind/name`. */
  notOurs: z.array(z.string()).optional(),
  /** How often somebody of it answered a reminder. */
  answers: z.int().nonnegative().optional(),
  /** How many nudges had been sent when it was thanked last, or read that nothing is left: no later one is answered to. */
  thanked: z.int().nonnegative().optional(),
  /** Its pods on the new sidecar when it was told: who has no more of them has moved nothing. Absent in older records. */
  newAtTold: z.int().nonnegative().optional(),
  /** How many nudges it had when it asked for the day of `snoozedUntil`: one more is promised, beyond the maximum too. */
  promisedAfter: z.int().nonnegative().optional(),
  /** What its last reminder showed, as `namespace/kind/name`: an answer speaks of these. */
  shown: z.array(z.string()).optional(),
  /** Absent in older records. */
  drawn: drawn.optional(),
  /** How many nudges in a row nobody answered, by a click or a redeploy. Absent in older records. */
  unanswered: z.int().nonnegative().optional(),
  /** The nudge that was answered last. */
  answeredNudge: z.int().positive().optional(),
  /** When the cluster's channel was told that nobody of it answers: once. */
  silentAtMs: z.int().optional(),
  /** As `raised` of the record, in older records. */
  raised: raised.optional(),
})
export type TeamState = z.infer<typeof teamState>

/** The key of what no team owns. No team has this name: one that a label leaves empty is none, and the file takes none. */
export const UNOWNED = ''

/**
 * The preview of a run's first nudges, in the cluster's channel. Until somebody sends them none leaves; absent until the first is due.
 */
const preview = z.object({
  /** Of the message: each edit has a higher one. */
  revision: z.int().positive(),
  /** What it shows, as a hash. */
  shown: z.string(),
  shownAtMs: z.int(),
  /** How many teams would be nudged. */
  teams: z.int().nonnegative(),
  sent: z.object({ user: z.string(), atMs: z.int() }).optional(),
})
export type Preview = z.infer<typeof preview>

/** Of the run that is under way; kept in the cluster, so that neither a flush nor another worker tells anything twice. */
export const teamStates = z.object({
  run: runId,
  /** The revision to which pods move: on the way back everything is told anew. */
  to: z.string().optional(),
  teams: z.record(z.string(), teamState),
  preview: preview.optional(),
  /** Who of each team told the platform team that something is wrong, and when: also of teams that were told nothing. */
  raised: z.record(z.string(), raised).optional(),
  /**
   * Redis has lost its memory, and with it what the buttons of these messages belong to: they are to be sent to the bot again. Also once
   * the first reminders may leave, which is saved before it is told.
   */
  owed: z.literal(true).optional(),
  /** The upgrade went another way, or is over, and its live reminders say so. */
  closed: z.literal(true).optional(),
})
export type TeamStates = z.infer<typeof teamStates>
