import type { ClassPlan, Plan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'

/**
 * Which revisions a new pod of a class may get at this moment of the run. One revision, except while the step is at work
 * that moves the class, or has failed and is not undone yet: then both old and new are right, and nothing else is. Empty for
 * a class that the plan doesn't know.
 */
export function expectedRevisions(run: Run, classKey: string): readonly (string | null)[] {
  const wanted = plannedClass(run.plan, classKey)
  if (!wanted) return []
  const mover = run.steps.find((step) => step.id === wanted.movedBy)
  if (!mover) return [wanted.before]
  if (mover.state === 'done') return isGoingBack(run) ? [wanted.before, wanted.after] : [wanted.after]
  const open = mover.acted || mover.state === 'running' || mover.state === 'undoing'
  return open ? [wanted.before, wanted.after] : [wanted.before]
}

/**
 * What a class may get that came after the plan and that the plan therefore doesn't know: what the classes get that the upgrade
 * moves, or, while it is not on its way back, NEW, for which somebody may ask before the others do.
 */
export function newcomerRevisions(run: Run): readonly (string | null)[] {
  const { classes, from, to } = run.plan
  const moved = classes.filter(({ movedBy }) => movedBy !== null).flatMap(({ key }) => expectedRevisions(run, key))
  const settled = moved.length > 0 ? moved : from.map(({ revision }) => revision)
  return [...new Set([...settled, ...(run.rollback ? [] : [to.revision])])]
}

/** Then a class whose move is still to be undone may be back already, by somebody else's hand: that stops no way back. */
function isGoingBack(run: Run): boolean {
  return run.rollback !== undefined || run.state === 'undoing'
}

/**
 * The plan's class for one that is there now. A class is named by what its namespaces ask for, and marked by what answers when
 * that isn't exactly one injector; what answers may change (a gap, a double, an adoption), what the plan says of it does not.
 */
export function plannedClass({ classes }: Plan, key: string): ClassPlan | undefined {
  return classes.find((entry) => entry.key === key) ?? classes.find((entry) => askedFor(entry.key) === askedFor(key))
}

/** A revision's name becomes a tag's where the default is adopted: it is asked for by the same label. */
export function askedFor(key: string): string {
  return key.replace(/\((?:none|many|unknown)\)$/, '').replace(/^revision:/, 'tag:')
}
