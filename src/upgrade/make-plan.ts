import { isoOf } from '../kernel/clock.ts'
import type { Refusal } from '../kernel/errors.ts'
import { controlPlaneFor } from '../istio/control-planes.ts'
import { defaultRoute } from '../istio/default-route.ts'
import type { Mesh } from '../istio/mesh.ts'
import type { NamespaceClass } from '../istio/namespace-classes.ts'
import { movedBySwitch, namespaceClassesOf, revisionOfClass } from '../istio/namespace-classes.ts'
import { revisionNameOf } from '../istio/revision-names.ts'
import { tagsLeadingTo, tagsOf } from '../istio/tags.ts'
import type { Coded } from '../wire/facts.ts'
import type { ClassPlan, Plan, StepPlan } from '../wire/plan.ts'
import { codedOf } from './event.ts'
import { planSteps } from './plan-steps.ts'

export type PlanInput = {
  readonly cluster: string
  readonly mesh: Mesh
  readonly version: string
  /** The day that was asked for, `2026-12-04`. */
  readonly by?: string | undefined
  readonly istioctl: Plan['istioctl']
  /** SHA-256 of the operator file. */
  readonly operatorFile: string
  readonly warnings: readonly Coded[]
  readonly acknowledged: readonly string[]
  readonly nowMs: number
}

/** Checks that later versions bring: the card names them, so that nobody takes silence for an answer. */
const NOT_CHECKED: readonly string[] = [
  'CHECK_FORECAST',
  'CHECK_SMOKE_WORKLOAD',
  'CHECK_TEMPLATES',
  'CHECK_CANARY',
  'CHECK_HEALTH',
  'CHECK_CRDS',
  'CHECK_ENVOY_FILTERS',
  'CHECK_WASM',
  'CHECK_HOLD',
  'CHECK_RE_AIM',
  'CHECK_HANDS_YOURS',
]

/**
 * The revision that the upgrade leaves: what injects istio-injection=enabled, else the one revision that tags lead to. Refuses
 * OLD_UNKNOWN when there is none or more than one answer; an untagged cluster with several revisions has no "old". Where the
 * default leads to NEW already, what is left is the one other revision that tags lead to; NEW itself where there is none.
 */
export function oldRevision(mesh: Mesh, to: string): string | Refusal {
  const route = defaultRoute(mesh)
  if (!route.ok) return route.refusal
  if (route.value.kind === 'none') return onlyOne(ofTaggedNamespaces(mesh, to))
  const { revision } = route.value
  if (revision !== to) return revision
  const left = ofTags(mesh, to)
  return left.length === 0 ? revision : onlyOne(left)
}

function onlyOne(candidates: readonly string[]): string | Refusal {
  const [only] = candidates
  if (candidates.length === 1 && only !== undefined) return only
  return { code: 'OLD_UNKNOWN', facts: { candidates } }
}

/** Revisions that live tags lead to, but for `to`: whether namespaces use them or pods do by labels of their own. */
function ofTags(mesh: Mesh, to: string): readonly string[] {
  const revisions = tagsOf(mesh).flatMap(({ injector, revisionByService }) =>
    injector.live && revisionByService !== null ? [revisionByService] : [],
  )
  return [...new Set(revisions)].filter((revision) => revision !== to)
}

function ofTaggedNamespaces(mesh: Mesh, to: string): readonly string[] {
  const byClass = namespaceClassesOf(mesh)
    .filter((entry) => entry.name.startsWith('tag:'))
    .flatMap((entry) => revisionOfClass(entry) ?? [])
  return [...new Set(byClass)].filter((revision) => revision !== to)
}

/** The plan of one upgrade: plain data, whose hash approvals are bound to. The mesh has passed every gate already. */
export function makePlan(input: PlanInput, from: string): Plan {
  const { mesh, version } = input
  const revision = revisionNameOf(version)
  const steps = planSteps(mesh, from, version)
  return {
    v: 1,
    cluster: input.cluster,
    madeAt: isoOf(input.nowMs),
    from: [{ revision: from, version: controlPlaneFor(mesh, from)?.version ?? '0.0.0' }],
    to: { revision, version },
    ...(input.by ? { by: input.by } : {}),
    strategy: strategyOf(steps),
    steps: [...steps],
    istioctl: input.istioctl,
    operatorFile: input.operatorFile,
    classes: classPlans(mesh, from, revision, steps),
    warnings: [...input.warnings],
    acknowledged: [...input.acknowledged],
    notChecked: [...NOT_CHECKED],
  }
}

export function strategyOf(steps: readonly StepPlan[]): Plan['strategy'] {
  return steps.some((step) => step.kind === 'patch-injector') ? 'patch' : 'tag'
}

/** What each class of the mesh gets before and after the steps, and which of them moves it. */
export function classPlans(mesh: Mesh, from: string, to: string, steps: readonly StepPlan[]): ClassPlan[] {
  return namespaceClassesOf(mesh).flatMap((entry) => classPlan(mesh, entry, from, to, steps))
}

/** Classes whose injection can't be told stay out of the plan's promises; a warning of the gates names them. */
function classPlan(
  mesh: Mesh,
  entry: NamespaceClass,
  from: string,
  to: string,
  steps: readonly StepPlan[],
): readonly ClassPlan[] {
  if (entry.injection.kind === 'unknown') return []
  const before = revisionOfClass(entry)
  const movedBy = movedBySwitch(entry, from) ? moverOf(entry, steps) : null
  const pods = mesh.pods.filter(
    (pod) =>
      entry.namespaces.includes(pod.metadata.namespace ?? '') &&
      pod.status?.phase !== 'Succeeded' &&
      pod.status?.phase !== 'Failed',
  )
  return [
    {
      key: entry.key,
      namespaces: entry.namespaces.length,
      examples: entry.namespaces.slice(0, 3),
      pods: pods.length,
      before,
      after: movedBy ? to : before,
      movedBy,
    },
  ]
}

/** The step that moves a class: its tag's, or the patch of the object that injects it, or the adopted default's. */
function moverOf({ injection }: NamespaceClass, steps: readonly StepPlan[]): string | null {
  const [first] = injection.entries
  if (!first) return null
  const patch = steps.find((step) => step.kind === 'patch-injector' && step.target === first.object)
  const tag = first.tag ?? 'default'
  return (patch ?? steps.find((step) => step.kind === 'move-tag' && step.target === tag))?.id ?? null
}

/** TAGS_STAY, where tags lead to another revision than the one that is left: they stay where they are. */
export function stayingWarnings(mesh: Mesh, from: string): readonly Coded[] {
  const tags = stayingTags(mesh, from)
  return tags.length > 0 ? [codedOf('TAGS_STAY', { tags, from })] : []
}

function stayingTags(mesh: Mesh, from: string): readonly string[] {
  const moving = new Set(tagsLeadingTo(mesh, from).map(({ tag }) => tag))
  const all = namespaceClassesOf(mesh).flatMap((entry) => (entry.name.startsWith('tag:') ? [entry.name.slice(4)] : []))
  return [...new Set(all)].filter((tag) => !moving.has(tag))
}
