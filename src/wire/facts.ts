import { z } from 'zod'

/** Facts of a code: flat, printable, never secret. */
export const facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))

/** A code with its facts: what a refusal, gate, warning or error is on the wire. `words` makes the sentences. */
export const coded = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]+$/), facts })
export type Coded = z.infer<typeof coded>
