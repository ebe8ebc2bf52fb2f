import { validatorsOf } from '../../istio/validators.ts'
import { targetText } from '../../istio/service-target.ts'
import { codedOf } from '../../upgrade/event.ts'
import { proveClasses } from '../class-proofs.ts'
import { verifiedBy } from '../verified.ts'
import type { StepHandler, StepWork, Verified } from './step.ts'
import { nothingToUndo } from './step.ts'

/**
 * The proof of the retirement: every class gets what it got before, asked of every API server, and every validator of Istio's
 * leads to a control plane that is there.
 */
export const proveRetire: StepHandler = {
  alreadyDone: async () => false,
  act: async () => undefined,
  verify,
  undo: nothingToUndo,
}

async function verify({ ctx, run, signal }: StepWork): Promise<Verified> {
  const proofs = await proveClasses(ctx, run, signal, { spread: true })
  const verified = verifiedBy(proofs, [codedOf('RETIRE_PROVEN', { to: run.plan.to.version })])
  if (!verified.ok) return verified
  const lost = validatorsOf(await ctx.cluster.readInjection()).flatMap(({ name, entries }) =>
    entries.filter(({ target }) => target.kind !== 'revision').map(({ target }) => `${name} → ${targetText(target)}`),
  )
  if (lost.length === 0) return verified
  return { ok: false, error: codedOf('VALIDATOR_LOST', { validators: lost }), proofs, way: 'undo' }
}
