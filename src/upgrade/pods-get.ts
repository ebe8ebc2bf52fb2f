import type { Plan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'
import { expectedRevisions } from './expected.ts'

/**
 * What new pods get at this moment of the run, as facts of a sentence: `gets` where all that the upgrade moves get one version, `between`
 * both where they don't. Neither where the upgrade moves nobody.
 */
export function podsGet(run: Run): { readonly gets?: string; readonly between?: string[] } {
  const { plan } = run
  const moved = plan.classes.filter(({ movedBy }) => movedBy !== null)
  const revisions = [...new Set(moved.flatMap(({ key }) => expectedRevisions(run, key)))]
  if (revisions.length === 0) return {}
  const [only] = revisions
  const { before, after } = namesOf(plan)
  // Two old revisions are both before it.
  if (!revisions.includes(plan.to.revision)) return { gets: before }
  if (revisions.length > 1 || only === undefined) return { between: [before, after] }
  return { gets: only === plan.to.revision ? after : before }
}

/** Both versions as people say them: `1.30` and `1.31`, and in full where the minor stays the same. */
export function namesOf({ from, to }: Pick<Plan, 'from' | 'to'>): { readonly before: string; readonly after: string } {
  const old = from[0]?.version ?? ''
  const minors = [old, to.version].map((version) => version.split('.').slice(0, 2).join('.'))
  const [before = old, after = to.version] = minors
  return before === after ? { before: old, after: to.version } : { before, after }
}
