import type { PhaseName } from '../wire/names.ts'
import { PHASES } from '../wire/names.ts'
import type { StepKind, StepPlan } from '../wire/plan.ts'
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

/** Has a phase done anything that is not undone, or is it about to? Before its start and after its undo it has not begun. */
export function hasBegun(run: Run, phase: PhaseName): boolean {
  return stepsOfPhase(run, phase).some(({ acted, state }) => acted || BEGUN.includes(state))
}

const BEGUN: readonly StepEntry['state'][] = ['running', 'done', 'undoing', 'undo-failed']

export function phaseAfter(phase: PhaseName): PhaseName | null {
  return PHASES[PHASES.indexOf(phase) + 1] ?? null
}

/** Did anything of the run or of one phase change the cluster, without having been undone? */
export function somethingActed(run: Run, phase?: PhaseName): boolean {
  const steps = phase ? stepsOfPhase(run, phase) : run.steps
  return steps.some((step) => step.acted)
}

/** The writes after which new pods get another revision: going back, they come first, each one write. */
const FLIPS: readonly StepKind[] = ['move-tag', 'patch-injector']

/**
 * The step to undo next. Phases go back one after the other, the last first; within a phase the writes that flip come before
 * the rest, so that new pods get OLD again as soon as can be. For the undo of one phase only that phase is looked at; a
 * rollback goes back over all of them.
 */
export function nextUndo(run: Run): StepEntry | null {
  const phases = run.rollback ? PHASES.toReversed() : [run.phase]
  for (const phase of phases) {
    const acted = stepsOfPhase(run, phase).filter((step) => step.acted)
    const flip = acted.findLast((step) => FLIPS.includes(stepPlanOf(run, step.id)?.kind ?? 'save'))
    const next = flip ?? acted.at(-1)
    if (next) return next
  }
  return null
}

/** Is the switch done, and nobody going back? From then on pods migrate, until OLD is retired. */
export function isPastSwitch({ phase, rollback }: Run): boolean {
  return (phase === 'rehearse' || phase === 'retire') && !rollback
}

/** The state in which a run waits for people between two phases. */
export function restingState(run: Run): 'waiting' | 'switched' {
  return isPastSwitch(run) ? 'switched' : 'waiting'
}

/** Does it wait for people between two phases? */
export function isResting(run: Run): boolean {
  return run.state === restingState(run)
}
