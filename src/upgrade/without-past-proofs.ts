import { PHASES } from '../wire/names.ts'
import type { Run, StepEntry } from '../wire/run.ts'
import { codedOf } from './event.ts'
import { stepPlanOf } from './step-order.ts'

/**
 * The run with the number of classes (PROVEN_BEFORE {classes}) in the place of what proved a phase that is behind it. Four
 * phases of a very large cluster, each with a proof for every class, would not leave the last one its room.
 */
export function withoutPastProofs(run: Run): Run {
  const now = PHASES.indexOf(run.phase)
  const isPast = ({ id }: StepEntry): boolean => PHASES.indexOf(stepPlanOf(run, id)?.phase ?? run.phase) < now
  return { ...run, steps: run.steps.map((step) => (isPast(step) ? counted(step) : step)) }
}

function counted(step: StepEntry): StepEntry {
  const areRight = step.proofs.length > 0 && step.proofs.every(({ verdict }) => verdict === 'right')
  if (!areRight) return step
  const classes = new Set(step.proofs.map((proof) => proof.class)).size
  return { ...step, proofs: [], evidence: [...step.evidence, codedOf('PROVEN_BEFORE', { classes })] }
}
