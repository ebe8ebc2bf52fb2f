import { defaultRoute } from '../istio/default-route.ts'
import type { Mesh } from '../istio/mesh.ts'
import { isoOf } from '../kernel/clock.ts'
import type { Coded } from '../wire/facts.ts'
import { PHASES } from '../wire/names.ts'
import type { ClassPlan, Plan, StepPlan } from '../wire/plan.ts'
import type { Run } from '../wire/run.ts'
import { codedOf } from './event.ts'
import { expectedRevisions, plannedClass } from './expected.ts'
import { classPlans, oldRevision, stayingWarnings, strategyOf } from './make-plan.ts'
import { planSteps } from './plan-steps.ts'
import { hasBegun } from './step-order.ts'

/**
 * What became of a run's plan: still right; another one for the phases that have not begun (PLAN_CHANGED says how it differs);
 * or outdated in a way that nobody but a person may answer (PLAN_OUTDATED with why).
 */
export type Remade =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly plan: Plan; readonly because: Coded }
  | { readonly kind: 'unsafe'; readonly because: Coded }

/**
 * The plan as it would be made now, with the steps of every phase that has begun as they are. Never a way to make something
 * wrong right: a class that gets another revision than it should is no reason for a new plan, but against one.
 */
export function remakePlan(run: Run, mesh: Mesh, nowMs: number): Remade {
  const from = run.plan.from[0]?.revision ?? ''
  const fresh = planSteps(mesh, from, run.plan.to.version)
  const plan = planWith(run, mesh, from, fresh, nowMs)
  const again = adoptedAgain(run, fresh)
  const facts = differences(run.plan, plan, again)
  if (facts.added.length + facts.missing.length + facts.classes.length === 0) return { kind: 'same' }
  const why = again.length > 0 ? { because: 'DEFAULT_ROUTE_CHANGED' } : whyUnsafe(run, mesh, plan)
  if (!why) return { kind: 'changed', plan, because: codedOf('PLAN_CHANGED', shownOf(facts)) }
  return { kind: 'unsafe', because: codedOf('PLAN_OUTDATED', { ...shownOf(facts), ...why }) }
}

function planWith(run: Run, mesh: Mesh, from: string, fresh: readonly StepPlan[], nowMs: number): Plan {
  const { plan } = run
  const steps = PHASES.flatMap((phase) =>
    (hasBegun(run, phase) ? plan.steps : fresh).filter((step) => step.phase === phase),
  )
  return {
    ...plan,
    madeAt: isoOf(nowMs),
    steps,
    strategy: strategyOf(steps),
    classes: classPlans(mesh, from, plan.to.revision, steps),
    warnings: [...plan.warnings.filter(({ code }) => code !== 'TAGS_STAY'), ...stayingWarnings(mesh, from)],
  }
}

type Differences = {
  readonly added: readonly string[]
  readonly missing: readonly string[]
  readonly classes: readonly string[]
}

function differences(before: Plan, now: Plan, again: readonly string[]): Differences {
  const [ids, idsNow] = [before, now].map(({ steps }) => steps.map(({ id }) => id)) as [string[], string[]]
  return {
    added: [...again, ...idsNow.filter((id) => !ids.includes(id))],
    missing: ids.filter((id) => !idsNow.includes(id)),
    classes: now.classes.filter((entry) => isNews(entry, plannedClass(before, entry.key))).map(({ key }) => key),
  }
}

/** A class that nobody is in any more is none, nor is one that asks for nothing and gets nothing. */
function isNews(now: ClassPlan, planned: ClassPlan | undefined): boolean {
  if (!planned) return now.before !== null
  return now.after !== planned.after || now.movedBy !== planned.movedBy
}

function shownOf(facts: Differences): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(facts).filter(([, names]) => names.length > 0))
}

/** The default is to be adopted before an install that is done: somebody took the tag away and armed the old object. */
function adoptedAgain(run: Run, fresh: readonly StepPlan[]): readonly string[] {
  const adoption = fresh.filter(({ kind }) => kind === 'adopt-tag' || kind === 'disarm')
  return adoption.filter(({ phase }) => hasBegun(run, phase)).map(({ id }) => id)
}

/** Why a person must look first; null where the new plan is the old one for a cluster with other tags or namespaces. */
function whyUnsafe(run: Run, mesh: Mesh, plan: Plan): Coded['facts'] | null {
  const [old] = run.plan.from
  const from = oldRevision(mesh, run.plan.to.revision)
  if (from !== old?.revision || isMovedByHand(run, mesh, plan)) return { because: 'OLD_REVISION_CHANGED' }
  if (plan.strategy !== run.plan.strategy) return { because: 'DEFAULT_ROUTE_CHANGED' }
  for (const { key, before } of plan.classes) {
    const expected = expectedRevisions(run, key)
    if (expected.length === 0 || expected.includes(before)) continue
    return { because: 'CLASS_ELSEWHERE', class: key, expected: expected[0] ?? '', found: before ?? '' }
  }
  return null
}

/** The plan would move the default, and it leads to NEW though nothing of the switch has begun. */
function isMovedByHand(run: Run, mesh: Mesh, plan: Plan): boolean {
  if (!movesDefault(run.plan) || movesDefault(plan)) return false
  const route = defaultRoute(mesh)
  return route.ok && route.value.kind !== 'none' && route.value.revision === run.plan.to.revision
}

function movesDefault({ steps }: Plan): boolean {
  return steps.some(({ kind, target }) => kind === 'patch-injector' || (kind === 'move-tag' && target === 'default'))
}
