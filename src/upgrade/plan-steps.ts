import { controlPlaneFor } from '../istio/control-planes.ts'
import type { DefaultRoute } from '../istio/default-route.ts'
import { defaultRoute, movesByPatch } from '../istio/default-route.ts'
import type { Mesh } from '../istio/mesh.ts'
import { tagsLeadingTo } from '../istio/tags.ts'
import { validatorMoves } from '../istio/validators.ts'
import { eraOf, parseVersion } from '../istio/versions.ts'
import type { PhaseName } from '../wire/names.ts'
import type { StepKind, StepPlan } from '../wire/plan.ts'

/**
 * The steps of an upgrade, before NEW is there: which writes the switch will need follows from the tags, the way the default
 * is injected, and the validators. When a phase starts, the room istio plans the writes themselves; they must be these.
 */
export function planSteps(mesh: Mesh, from: string, version: string): readonly StepPlan[] {
  const route = defaultRoute(mesh)
  const way = route.ok ? route.value : { kind: 'none' as const }
  const own = way.kind === 'untagged' && way.revision === from ? way.injector : null
  const patched = own !== null && (movesByPatch(mesh, [from], own) || isLegacy(version))
  const adoption = patched ? [] : adoptionSteps(way, from)
  const adopts = adoption.length > 0
  return [
    step('install', 'save'),
    ...adoption,
    step('install', 'install'),
    step('install', 'prove-install'),
    step('switch', 'save'),
    ...flips(mesh, way, from, patched, adopts),
    ...validators(mesh, from),
    ...tagServices(mesh, from, version, adopts),
    step('switch', 'prove-switch'),
    step('rehearse', 'save-old'),
    step('rehearse', 'rehearse'),
    step('retire', 'save-old'),
    step('retire', 'uninstall'),
    step('retire', 'prove-retire'),
  ]
}

/** 1.11 and older: no tag is ever made of their default. */
function isLegacy(version: string): boolean {
  const parsed = parseVersion(version)
  return parsed !== null && eraOf(parsed) !== 'tags'
}

function adoptionSteps(way: DefaultRoute, from: string): readonly StepPlan[] {
  if (way.kind === 'adopting' && way.revision === from) return [step('install', 'disarm', way.untagged.name)]
  if (way.kind !== 'untagged' || way.revision !== from) return []
  return [step('install', 'adopt-tag', 'default'), step('install', 'disarm', way.injector.name)]
}

/** `default` first, as the room istio orders them. */
function flips(mesh: Mesh, way: DefaultRoute, from: string, patched: boolean, adopts: boolean): readonly StepPlan[] {
  const patch = patched && way.kind === 'untagged' ? [step('switch', 'patch-injector', way.injector.name)] : []
  return [...patch, ...movedTags(mesh, from, adopts).map((tag) => step('switch', 'move-tag', tag))]
}

function movedTags(mesh: Mesh, from: string, adopts: boolean): readonly string[] {
  const tags = new Set(tagsLeadingTo(mesh, from).map(({ tag }) => tag))
  if (adopts) tags.add('default')
  return [...tags].sort((a, b) => Number(b === 'default') - Number(a === 'default'))
}

function validators(mesh: Mesh, from: string): readonly StepPlan[] {
  return validatorMoves(mesh, from).map(({ validator }) => step('switch', 'move-validator', validator.name))
}

/** A tag has a Service of its own since charts 1.28. */
function tagServices(mesh: Mesh, from: string, version: string, adopts: boolean): readonly StepPlan[] {
  const parsed = parseVersion(version)
  if (!parsed || parsed.minor < 28 || controlPlaneFor(mesh, from) === null) return []
  return movedTags(mesh, from, adopts).map((tag) => step('switch', 'move-tag-service', tag))
}

function step(phase: PhaseName, kind: StepKind, target?: string): StepPlan {
  if (target === undefined) return { id: `${phase}.${NAMES[kind] ?? kind}`, phase, kind }
  return { id: `${phase}.${kind}.${target}`, phase, kind, target }
}

const NAMES: Partial<Record<StepKind, string>> = {
  'prove-install': 'prove',
  'prove-switch': 'prove',
  'prove-retire': 'prove',
  'save-old': 'save',
}
