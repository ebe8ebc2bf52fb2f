import type { Refusal, Result } from '../kernel/errors.ts'
import { ok, refuse } from '../kernel/errors.ts'
import { controlPlaneFor } from './control-planes.ts'
import type { DefaultRoute } from './default-route.ts'
import { defaultRoute, movesByPatch } from './default-route.ts'
import type { Predecessor, TagDocuments } from './generated-tag.ts'
import { checkGeneratedTag } from './generated-tag.ts'
import type { Injector } from './injectors.ts'
import type { Mesh } from './mesh.ts'
import { adoptTagStep, disarmStep, moveTagServiceStep, moveTagStep, patchInjectorStep } from './switch-steps.ts'
import type { GeneratedTag, SwitchPlan, SwitchStep } from './switch-types.ts'
import type { Tag } from './tags.ts'
import { tagServiceName, tagsLeadingTo } from './tags.ts'
import { validatorSteps } from './validator-steps.ts'

export type SwitchOptions = {
  /** Tags that resolve to OLD and are to stay there (for gateways that are to move later). */
  readonly keepTags?: readonly string[]
}

/**
 * The switch of new pods from one revision to another, as data: adoption of an untagged default without a gap, then every
 * tag that leads to OLD as its own step, then validators and tag Services. 1.7–1.11 are patched instead of adopted.
 * `generated` holds what `istioctl tag generate` printed for every tag in question, for OLD and for NEW. It is also the plan
 * of the way back, with the roles swapped.
 *
 * Refuses CONTROL_PLANE_MISSING, CA_BUNDLE_MISSING, CA_BUNDLES_DIFFER, DEFAULT_INJECTION_UNCLEAR, GENERATED_MISSING, all of
 * checkGeneratedTag, and NOTHING_TO_SWITCH.
 */
export function planSwitch(
  mesh: Mesh,
  from: string,
  to: string,
  generated: readonly GeneratedTag[],
  options: SwitchOptions = {},
): Result<SwitchPlan> {
  const refusal = rootRefusal(mesh, from, to)
  if (refusal !== null) return { ok: false, refusal }
  const route = defaultRoute(mesh)
  if (!route.ok) return route
  const flips = flipSteps(mesh, from, to, generated, options, route.value)
  if (!flips.ok) return flips
  const { steps, moved, strategy } = flips.value
  if (steps.length === 0) return refuse('NOTHING_TO_SWITCH', { from, to })
  const followers = [...validatorSteps(mesh, from, to, moved), ...tagServiceSteps(mesh, moved)]
  const all = [...steps, ...followers]
  const keptTags = tagsLeadingTo(mesh, from).flatMap(({ tag }) => (isKept(tag, options) ? [tag] : []))
  return ok({ strategy, from, to, steps: all, undo: all.filter((step) => step.undoWhen === 'always'), keptTags })
}

/**
 * Only the adoption of an untagged default: the tag `default` made for the revision that injects today, then its own object
 * taken out of use. No steps when there is nothing to adopt. It must come before `istioctl install` (1.27 and later make
 * NEW the default where no default tag is there).
 */
export function planAdoption(
  mesh: Mesh,
  from: string,
  generated: readonly GeneratedTag[],
): Result<readonly SwitchStep[]> {
  const route = defaultRoute(mesh)
  if (!route.ok) return route
  return adoptionSteps(mesh, from, generated, route.value)
}

/** A tag's documents for both ends of its move. */
type MovedTag = { readonly to: TagDocuments; readonly old: TagDocuments }

type Flips = {
  readonly steps: readonly SwitchStep[]
  readonly moved: readonly MovedTag[]
  readonly strategy: SwitchPlan['strategy']
}

function flipSteps(
  mesh: Mesh,
  from: string,
  to: string,
  generated: readonly GeneratedTag[],
  options: SwitchOptions,
  route: DefaultRoute,
): Result<Flips> {
  const own = untaggedOf(route, from)
  if (own !== null && movesByPatch(mesh, [from, to], own)) return patchFlips(mesh, from, to, generated, options, own)
  const adoption = adoptionSteps(mesh, from, generated, route)
  if (!adoption.ok) return adoption
  const moved = movedTags(mesh, from, to, generated, options, own)
  if (!moved.ok) return moved
  const steps = [...adoption.value, ...tagMoves(mesh, moved.value)]
  return ok({ steps, moved: moved.value, strategy: strategyOf(moved.value) })
}

/** The default by a patch of its own object; named tags, where there are any, by one write each. */
function patchFlips(
  mesh: Mesh,
  from: string,
  to: string,
  generated: readonly GeneratedTag[],
  options: SwitchOptions,
  own: Injector,
): Result<Flips> {
  const moved = movedTags(mesh, from, to, generated, options, null)
  if (!moved.ok) return moved
  const patch = patchInjectorStep(own, controlPlaneFor(mesh, to)?.service ?? '')
  return ok({ steps: [patch, ...tagMoves(mesh, moved.value)], moved: moved.value, strategy: 'patch' })
}

/** OLD's own live object, where it serves the default and no tag does. */
function untaggedOf(route: DefaultRoute, from: string): Injector | null {
  return route.kind === 'untagged' && route.revision === from ? route.injector : null
}

function tagMoves(mesh: Mesh, moved: readonly MovedTag[]): readonly SwitchStep[] {
  return moved.map((tag) => moveTagStep(liveWebhook(mesh, tag.to.injector.metadata.name), tag.to, tag.old))
}

function strategyOf(moved: readonly MovedTag[]): SwitchPlan['strategy'] {
  return moved.some(({ to: { tag } }) => tag === 'default') ? 'tag' : 'none'
}

function adoptionSteps(
  mesh: Mesh,
  from: string,
  generated: readonly GeneratedTag[],
  route: DefaultRoute,
): Result<readonly SwitchStep[]> {
  if (route.kind === 'adopting' && route.revision === from) return ok([disarmStep(route.untagged)])
  if (route.kind !== 'untagged' || route.revision !== from) return ok([])
  if (movesByPatch(mesh, [from], route.injector)) return ok([])
  const old = documentsFor(mesh, 'default', from, generated, route.injector)
  return old.ok ? ok([adoptTagStep(old.value), disarmStep(route.injector)]) : old
}

/** `default` first: it is what most namespaces follow. */
function movedTags(
  mesh: Mesh,
  from: string,
  to: string,
  generated: readonly GeneratedTag[],
  options: SwitchOptions,
  adoptedFrom: Injector | null,
): Result<readonly MovedTag[]> {
  const leading = tagsLeadingTo(mesh, from).filter(({ tag }) => !isKept(tag, options))
  const moving = leading.map(({ tag, injector }: Tag) => ({ tag, before: injector }))
  if (adoptedFrom !== null) moving.push({ tag: 'default', before: adoptedFrom })
  moving.sort((a, b) => Number(b.tag === 'default') - Number(a.tag === 'default'))
  const moved: MovedTag[] = []
  for (const { tag, before } of moving) {
    const old = documentsFor(mesh, tag, from, generated, before)
    if (!old.ok) return old
    const next = documentsFor(mesh, tag, to, generated, before)
    if (!next.ok) return next
    moved.push({ to: next.value, old: old.value })
  }
  return ok(moved)
}

function documentsFor(
  mesh: Mesh,
  tag: string,
  revision: string,
  generated: readonly GeneratedTag[],
  before: Injector,
): Result<TagDocuments> {
  const found = generated.find((candidate) => candidate.tag === tag && candidate.revision === revision)
  if (found === undefined) return refuse('GENERATED_MISSING', { tag, revision })
  const rootHash = controlPlaneFor(mesh, revision)?.rootHash ?? null
  const predecessor: Predecessor = { entries: before.entries, rootHash }
  return checkGeneratedTag(mesh, found, predecessor)
}

function tagServiceSteps(mesh: Mesh, moved: readonly MovedTag[]): readonly SwitchStep[] {
  return moved.flatMap(({ to, old }) => {
    const live = mesh.services.find(
      ({ metadata }) => metadata.name === tagServiceName(to.tag) && metadata.namespace === mesh.istioNamespace,
    )
    const step = moveTagServiceStep(live, to, old)
    return step === null ? [] : [step]
  })
}

function isKept(tag: string, options: SwitchOptions): boolean {
  return options.keepTags?.includes(tag) === true
}

function liveWebhook(mesh: Mesh, name: string): Mesh['mutatingWebhooks'][number] | undefined {
  return mesh.mutatingWebhooks.find(({ metadata }) => metadata.name === name)
}

/**
 * Both revisions must be signed by one root, else sidecars of both can't talk to each other, and a caBundle of the one in an
 * object that leads to the other fails every pod creation.
 */
function rootRefusal(mesh: Mesh, from: string, to: string): Refusal | null {
  for (const revision of [from, to]) {
    const plane = controlPlaneFor(mesh, revision)
    if (plane === null || plane.service === null) return { code: 'CONTROL_PLANE_MISSING', facts: { revision } }
    if (plane.rootHash === null) return { code: 'CA_BUNDLE_MISSING', facts: { revision } }
  }
  const roots = [from, to].map((revision) => controlPlaneFor(mesh, revision)?.rootHash)
  return roots[0] === roots[1] ? null : { code: 'CA_BUNDLES_DIFFER', facts: { from, to } }
}
