import { codedOf } from '../upgrade/event.ts'
import type { Coded } from '../wire/facts.ts'
import type { Proof } from '../wire/run.ts'
import { condensed, verdictOf } from './prove-injection.ts'
import type { Undone, Verified } from './steps/step.ts'

/** Only Wrong undoes; what can't be proven halts and asks (promise 3). */
export function verifiedBy(proofs: readonly Proof[], evidence: readonly Coded[]): Verified {
  const verdict = verdictOf(proofs)
  const kept = condensed(proofs)
  if (verdict === 'right') return { ok: true, proofs: kept, evidence }
  return { ok: false, error: errorOf(proofs), proofs: kept, way: verdict === 'wrong' ? 'undo' : 'halt' }
}

export function undoneBy(proofs: readonly Proof[], evidence: readonly Coded[]): Undone {
  const kept = condensed(proofs)
  return verdictOf(proofs) === 'right'
    ? { ok: true, proofs: kept, evidence }
    : { ok: false, error: errorOf(proofs), proofs: kept }
}

function errorOf(proofs: readonly Proof[]): Coded {
  const worst = proofs.find((proof) => proof.verdict === 'wrong') ?? proofs.find((proof) => proof.verdict !== 'right')
  if (!worst) return codedOf('NOTHING_PROVEN')
  const code = worst.verdict === 'wrong' ? 'PROOF_WRONG' : 'PROOF_UNPROVABLE'
  return codedOf(code, factsOf(worst))
}

/** What a failed proof says, with the facts of its cause: the cause is a sentence within the sentence. */
export function factsOf({ because, class: key, namespace, expected, found }: Proof): Coded['facts'] {
  const cause = because?.code ?? ''
  return { ...because?.facts, class: key, namespace, expected: expected ?? '', found: found ?? '', because: cause }
}
