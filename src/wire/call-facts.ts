import { z } from 'zod'
import { about } from './card-about.ts'
import { coded } from './facts.ts'
import { isoTime, phaseName } from './names.ts'

/** Calls for somebody who must act: the cards that say how things stand are only edited, of which nobody is notified. */
export const callFacts = z.object({
  card: z.literal('call'),
  ...about,
  /** It `halted`, or a phase failed and was `undone` by itself. */
  kind: z.enum(['halted', 'undone']),
  state: z.enum(['open', 'over']),
  phase: phaseName,
  /** Somebody had asked to go back. */
  back: z.literal(true).optional(),
  what: coded,
  /** The version that new pods get, or those of which they get one; neither where nobody was to be moved. */
  gets: z.string().optional(),
  between: z.array(z.string()).optional(),
  at: isoTime,
  endedAt: isoTime.optional(),
  requestedBy: z.string(),
  rollbackOffered: z.boolean(),
})
export type CallFacts = z.infer<typeof callFacts>
