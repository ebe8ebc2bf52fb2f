import { z } from 'zod'
import { about } from './card-about.ts'
import { straggler } from './census.ts'
import { isoTime } from './names.ts'

/** To whoever runs the upgrade: a team says that these workloads are not its own. Posted once, never edited. */
export const disownedFacts = z.object({
  card: z.literal('disowned'),
  ...about,
  team: z.string(),
  by: z.string(),
  countedAt: isoTime,
  /** The label or annotation that says whose a workload is. */
  label: z.string(),
  workloads: z.array(straggler),
  more: z.int(),
  /** Who said so is none of the team's members: its reminders go on. */
  outsider: z.literal(true).optional(),
})
export type DisownedFacts = z.infer<typeof disownedFacts>

/** To whoever runs the upgrade: somebody of a team wants their help, or nobody of it answers. Posted once, never edited. */
export const concernFacts = z.object({
  card: z.literal('concern'),
  ...about,
  kind: z.enum(['help', 'silent']),
  team: z.string().nullable(),
  /** The team's own. */
  channel: z.string(),
  contact: z.string().optional(),
  at: isoTime,
  /** Who asked for help. */
  by: z.string().optional(),
  /** How many reminders nobody answered. */
  number: z.int().optional(),
  /** Absent where pods could not be counted. */
  counted: z
    .object({ at: isoTime, old: z.int(), new: z.int(), workloads: z.array(straggler), more: z.int() })
    .optional(),
})
export type ConcernFacts = z.infer<typeof concernFacts>
