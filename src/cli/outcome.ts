import type { Facts } from '../kernel/errors.ts'

/** What a command prints and how it ends: 0 well, 1 with something to mend. */
export type Outcome = { readonly lines: readonly string[]; readonly exitCode: 0 | 1 }

/** A code's sentence with its next action, in the reader's language (`sayLine` of the room words). */
export type Say = (code: string, facts: Facts) => string
