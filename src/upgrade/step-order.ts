import type { PhaseName } from '../wire/names.ts'
import { PHASES } from '../wire/names.ts'
import type { StepPlan } from '../wire/plan.ts'
import type { Run, StepEntry } from '../wire/run.ts'

export function stepPlanOf(run: Run, id: string): StepPlan | undefined {
  return run.plan.steps.find((step) => step.id === id)
}

export function stepEntryOf(run: Run, id: string): StepEntry | undefined {
  return run.steps.find((step) => step.id === id)
}

export function stepsOfPhase(run: Run, phase: PhaseName): readonly StepEntry[] {
  const ids = new Set(run.plan.steps.filter((step) => step.phase === phase).map((step) => step.id))
  return run.steps.filter((step) => ids.has(step.id))
}

/** The phase's first step that is not done, or null when all are. */
export function nextStep(run: Run, phase: PhaseName): StepEntry | null {
  return stepsOfPhase(run, phase).find((step) => step.state !== 'done') ?? null
}

/** The step that some holder works on at this moment, forward or back. */
export function busyStep(run: Run): StepEntry | null {
  return run.steps.find((step) => step.state === 'running' || step.state === 'undoing') ?? null
}

/**
 * A phase is done only when every step is done and its last step, the proof, holds only Right verdicts (promise 3). A proof
 * that proved nothing is none.
 */
export function phaseDone(run: Run, phase: PhaseName): boolean {
  const steps = stepsOfPhase(run, phase)
  const last = steps.at(-1)
  if (!last || steps.some((step) => step.state !== 'done')) return false
  return last.proofs.length > 0 && last.proofs.every((proof) => proof.verdict === 'right')
}

export function phaseAfter(phase: PhaseName): PhaseName | null {
  return PHASES[PHASES.indexOf(phase) + 1] ?? null
}

/** Did anything of the run or of one phase change the cluster, without having been undone? */
export function somethingActed(run: Run, phase?: PhaseName): boolean {
  const steps = phase ? stepsOfPhase(run, phase) : run.steps
  return steps.some((step) => step.acted)
}

/**
 * The step to undo next: the last one that acted and is not undone. For the undo of one phase only that phase's steps are
 * looked at; a rollback goes back over all of them.
 */
export function nextUndo(run: Run): StepEntry | null {
  const steps = run.rollback ? run.steps : stepsOfPhase(run, run.phase)
  return steps.findLast((step) => step.acted) ?? null
}
