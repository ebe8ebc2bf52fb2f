import { z } from 'zod'
import { coded } from './facts.ts'
import { istioVersion } from './names.ts'

/** What an upgrade could be, before one is asked for: read afresh from the cluster, and worth nothing a moment later. */
export const preview = z.object({
  /** What runs now; null where that is not one version. */
  from: z.string().nullable(),
  /** Newest first: every version that this worker has or could have, with all that keeps it from being chosen. */
  versions: z.array(z.object({ version: istioVersion, why: z.array(coded) })),
  /** The checks that a plan makes, of the version that was asked about. */
  checks: z
    .object({
      version: istioVersion,
      refusals: z.array(coded),
      warnings: z.array(coded),
      /** Classes of namespaces whose injection was proven as it is. */
      classes: z.int(),
    })
    .optional(),
})
export type Preview = z.infer<typeof preview>
