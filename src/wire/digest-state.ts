import { z } from 'zod'
import { runId } from './names.ts'

/** What was dealt with of the digests of one run, kept in the cluster: neither a flush nor another worker repeats one. */
export const digestState = z.object({
  run: runId,
  /** The revision to which pods move: a digest of the way back is compared with none of the way there. */
  to: z.string().optional(),
  /** Epoch ms of the last scheduled moment that was dealt with, told or not. */
  handledMs: z.int(),
  /** What the last one said, and when it was told. */
  told: z
    .object({
      day: z.iso.date(),
      atMs: z.int(),
      old: z.int(),
      new: z.int(),
      teams: z.int(),
      /** A hash of who had how much left and why; absent in records that were written before it was kept. */
      left: z.string().optional(),
      /** To how many teams reminders were held. */
      held: z.int().optional(),
    })
    .optional(),
})
export type DigestState = z.infer<typeof digestState>
