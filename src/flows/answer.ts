import type { Facts } from '../kernel/errors.ts'
import type { Decided } from '../upgrade/decided.ts'
import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'

/** How a request ended: decided (the run's own effects tell it, unless `said` does), or refused with everything that speaks against it. */
export type Answer =
  | { readonly ok: true; readonly said?: Coded }
  | { readonly ok: false; readonly said: Coded; readonly more: readonly Coded[] }

export function no(said: Coded, more: readonly Coded[] = []): Answer {
  return { ok: false, said, more }
}

/** The answer that follows from a decision; without a run there was nothing to decide on. */
export function answerOf(decided: Decided | null): Answer {
  if (!decided) return no(codedOf('NO_RUN'))
  if (decided.ok) return { ok: true }
  return no(codedOf(decided.refusal.code, decided.refusal.facts))
}

export function noBecause(code: string, facts: Facts = {}): Answer {
  return no(codedOf(code, facts))
}
