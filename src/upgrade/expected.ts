import type { Run } from '../wire/run.ts'

/**
 * Which revisions a new pod of a class may get at this moment of the run. One revision, except while the step is at work
 * that moves the class, or has failed and is not undone yet: then both old and new are right, and nothing else is. Empty for
 * a class that the plan doesn't know.
 */
export function expectedRevisions(run: Run, classKey: string): readonly (string | null)[] {
  const wanted = run.plan.classes.find((entry) => entry.key === classKey)
  if (!wanted) return []
  const mover = run.steps.find((step) => step.id === wanted.movedBy)
  if (!mover) return [wanted.before]
  if (mover.state === 'done') return [wanted.after]
  const open = mover.acted || mover.state === 'running' || mover.state === 'undoing'
  return open ? [wanted.before, wanted.after] : [wanted.before]
}
