import type { SwitchStep } from '../../istio/switch-types.ts'
import { undoRefusal } from '../../istio/undo-refusal.ts'
import { CodedError } from '../../kernel/errors.ts'
import { codedOf } from '../../upgrade/event.ts'
import { applyChange, isChangeApplied } from '../apply-change.ts'
import { expectedAfter, proveClasses } from '../class-proofs.ts'
import { savedStep } from '../saved-phase.ts'
import { undoneBy, verifiedBy } from '../verified.ts'
import type { StepHandler, StepWork, Undone, Verified } from './step.ts'

/**
 * The writes of the switch, as the phase saved them: adopting the default tag, taking the old object out of use, moving a
 * tag, patching an injector, moving a validator or a tag's Service. Proven after each: a write that flips gives NEW, one
 * that doesn't leaves every answer as it was.
 */
export const changeObjects: StepHandler = { alreadyDone, act, verify, undo }

async function alreadyDone(work: StepWork): Promise<boolean> {
  const step = await saved(work)
  const applied = await Promise.all(step.changes.map((change) => isChangeApplied(work.ctx, change)))
  return applied.every(Boolean)
}

async function act(work: StepWork): Promise<void> {
  const step = await saved(work)
  await work.acts()
  for (const change of step.changes) await applyChange(work.ctx, change)
}

async function verify(work: StepWork): Promise<Verified> {
  const { ctx, run, step, signal } = work
  const proofs = await proveClasses(ctx, run, signal, { wanted: expectedAfter(run, step.id, 'forward') })
  return verifiedBy(proofs, [codedOf('OBJECTS_WRITTEN', { step: step.id, kind: step.kind, target: step.target })])
}

async function undo(work: StepWork): Promise<Undone> {
  const { ctx, run, step, signal } = work
  const plan = await saved(work)
  const stays = plan.undoWhen === 'before-move' && adoptionStays(work)
  if (!stays) await putBack(work, plan)
  const proofs = await proveClasses(ctx, run, signal, { wanted: expectedAfter(run, step.id, 'undo') })
  const code = stays ? 'ADOPTED_TAG_STAYS' : 'OBJECTS_PUT_BACK'
  return undoneBy(proofs, [codedOf(code, { step: step.id, target: step.target })])
}

/** Never while it would leave two injectors for one pod (a tag that leads to NEW beside a re-armed object of OLD). */
async function putBack({ ctx, run }: StepWork, plan: SwitchStep): Promise<void> {
  const doubles = undoRefusal(await ctx.cluster.readInjection(), plan, run.plan.from[0]?.revision ?? '')
  if (doubles) throw new CodedError(doubles.code, doubles.facts)
  for (const change of plan.undo) await applyChange(ctx, change)
}

/**
 * An adopted default tag stays once the old object was taken out of use: it points at OLD, and going further back would mean
 * two writes with a moment of doubt between them, for nothing. An adoption that stopped before that is taken back.
 */
function adoptionStays({ run, step }: StepWork): boolean {
  const disarm = run.plan.steps.find((other) => other.phase === step.phase && other.kind === 'disarm')
  return run.steps.some((entry) => entry.id === disarm?.id && (entry.acted || entry.state === 'undone'))
}

async function saved({ ctx, run, step }: StepWork) {
  return savedStep(ctx, run, step.id, step.phase)
}
