import type { Refusal } from '../kernel/errors.ts'
import type { Run } from '../wire/run.ts'

/**
 * What became of an event: the next run with its new pending effects, or a refusal that leaves the run as it is. `run` in a
 * refusal is set where the refused event still changed something (a card that turned out stale is superseded).
 */
export type Decided =
  | { readonly ok: true; readonly run: Run }
  | { readonly ok: false; readonly refusal: Refusal; readonly run?: Run }
