import { z } from 'zod'
import { coded } from './facts.ts'
import { clusterName, hex256, isoTime } from './names.ts'
import { person } from './person.ts'
import { signedRequest } from './request.ts'

/** One line of a cluster's audit chain. `hash` is over everything else; `prev` is the hash of the line before. */
export const auditEntry = z.object({
  v: z.literal(1),
  seq: z.int().positive(),
  /** Stable id of the effect or refusal that wrote it: appended at most once. */
  id: z.string(),
  at: isoTime,
  cluster: clusterName,
  run: z.string().optional(),
  who: person.optional(),
  what: coded,
  /** What a person decided, as the bot signed it. */
  request: signedRequest.optional(),
  prev: z.union([hex256, z.literal('')]),
  hash: hex256,
})
export type AuditEntry = z.infer<typeof auditEntry>
