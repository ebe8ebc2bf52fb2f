import { validatorMoves } from '../../istio/validators.ts'
import { codedOf } from '../../upgrade/event.ts'
import { proveClasses } from '../class-proofs.ts'
import { verifiedBy } from '../verified.ts'
import type { StepHandler, StepWork, Verified } from './step.ts'
import { nothingToUndo } from './step.ts'

/**
 * The proof of the switch: every class gets what the plan says, asked of every API server, or over ten seconds with fresh
 * connections where they can't be told apart; and no validator that checks everything leads to OLD any more.
 */
export const proveSwitch: StepHandler = {
  alreadyDone: async () => false,
  act: async () => undefined,
  verify,
  undo: nothingToUndo,
}

async function verify({ ctx, run, signal }: StepWork): Promise<Verified> {
  const proofs = await proveClasses(ctx, run, signal, { spread: true })
  const verified = verifiedBy(proofs, [codedOf('SWITCH_PROVEN', { to: run.plan.to.version })])
  if (!verified.ok) return verified
  const from = run.plan.from[0]?.revision ?? ''
  const behind = validatorMoves(await ctx.cluster.readInjection(), from).map(({ validator }) => validator.name)
  if (behind.length === 0) return verified
  return { ok: false, error: codedOf('VALIDATOR_BEHIND', { validators: behind, from }), proofs, way: 'undo' }
}
