import type { Run } from '../wire/run.ts'

/**
 * Which revisions a new pod of a class may get at this moment of the run. One revision, except while a step is at work
 * that moves the class: then both old and new are right, and nothing else is.
 */
export function expectedRevisions(run: Run, classKey: string): readonly (string | null)[] {
  const wanted = run.plan.classes.find((entry) => entry.key === classKey)
  if (!wanted) return []
  if (wanted.before === wanted.after) return [wanted.before]
  const movers = run.plan.steps.filter((step) => moves(step.kind, step.target, classKey))
  const entries = movers.flatMap((step) => run.steps.filter((entry) => entry.id === step.id))
  if (entries.some((entry) => entry.state === 'running' || entry.state === 'undoing'))
    return [wanted.before, wanted.after]
  return entries.some((entry) => entry.acted && entry.state === 'done')
    ? [wanted.after]
    : expectedWhenOpen(entries, wanted)
}

/** A step that acted and then failed leaves it open until its undo is done. */
function expectedWhenOpen(
  entries: readonly Run['steps'][number][],
  wanted: { readonly before: string | null; readonly after: string | null },
): readonly (string | null)[] {
  return entries.some((entry) => entry.acted) ? [wanted.before, wanted.after] : [wanted.before]
}

/** `enabled`, `pod-level` and `by-default` follow the default injector; `tag:<t>` follows its tag. */
function moves(kind: string, target: string | undefined, classKey: string): boolean {
  if (kind === 'patch-injector') return true
  if (kind !== 'move-tag') return false
  return classKey.startsWith('tag:') ? classKey === `tag:${target ?? ''}` : target === 'default'
}
