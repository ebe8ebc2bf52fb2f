import { CodedError } from '../kernel/errors.ts'
import type { KubeObject } from '../istio/objects.ts'
import type { SwitchStep } from '../istio/switch-types.ts'
import type { PhaseName } from '../wire/names.ts'
import type { Run } from '../wire/run.ts'
import type { WorkerContext } from './worker-context.ts'

/** What a phase saved before its first act: the objects as they were, and its writes with their way back. */
export type SavedPhase = {
  readonly phase: PhaseName
  readonly objects: readonly KubeObject[]
  readonly steps: readonly SwitchStep[]
}

/**
 * The saved phase, by the hash in the record. Throws RECORD_FORGED when it isn't what was saved, NOT_SAVED when the phase
 * has nothing saved: then nothing of it may act.
 */
async function loadSavedPhase(ctx: WorkerContext, run: Run, phase: PhaseName): Promise<SavedPhase> {
  const backup = run.steps.find((entry) => entry.id === `${phase}.save`)?.backup
  if (!backup) throw new CodedError('NOT_SAVED', { phase })
  // The content was written by us and its hash is in the authenticated record, so its shape needs no second check.
  return (await ctx.store.loadBackup(backup)) as SavedPhase
}

/** The writes of one planned step, named `<phase>.<step of the switch>`. */
export async function savedStep(ctx: WorkerContext, run: Run, id: string, phase: PhaseName): Promise<SwitchStep> {
  const saved = await loadSavedPhase(ctx, run, phase)
  const found = saved.steps.find((step) => `${phase}.${step.id}` === id)
  if (!found) throw new CodedError('STEP_NOT_SAVED', { step: id })
  return found
}
