import type { Refusal, Result } from '../kernel/errors.ts'
import { ok } from '../kernel/errors.ts'
import { controlPlaneFor } from './control-planes.ts'
import type { Injection } from './effective-injector.ts'
import { effectiveInjectors } from './effective-injector.ts'
import type { Injector } from './injectors.ts'
import { INJECTOR_SUFFIX, injectorsOf } from './injectors.ts'
import type { Mesh } from './mesh.ts'
import { targetText } from './service-target.ts'

/** Through which object a pod in an istio-injection=enabled namespace is injected. */
export type DefaultRoute =
  /** By the tag `default`: it moves by one write. */
  | { readonly kind: 'tag'; readonly injector: Injector; readonly revision: string }
  /** By a revision's own live object, as Helm and istioctl before 1.12 leave it. */
  | { readonly kind: 'untagged'; readonly injector: Injector; readonly revision: string }
  /** By both, and both lead to one revision: an adoption stopped between its two writes. */
  | { readonly kind: 'adopting'; readonly untagged: Injector; readonly tag: Injector; readonly revision: string }
  | { readonly kind: 'none' }

/** How default injection works here. Refuses DEFAULT_INJECTION_UNCLEAR when more than one answer, or none, is certain. */
export function defaultRoute(mesh: Mesh): Result<DefaultRoute> {
  const injection = effectiveInjectors(mesh, { 'istio-injection': 'enabled' }, {})
  if (injection.kind === 'none') return ok({ kind: 'none' })
  const objects = [...new Set(injection.entries.map((entry) => entry.object))]
  const injectors = injectorsOf(mesh).filter((injector) => objects.includes(injector.name))
  const revision = oneRevision(injection)
  const route = revision === null || injection.entries.length > 2 ? null : routeBy(injectors, injection.kind, revision)
  return route === null ? { ok: false, refusal: unclear(injection, objects) } : ok(route)
}

function routeBy(injectors: readonly Injector[], kind: Injection['kind'], revision: string): DefaultRoute | null {
  const own = injectors.find((injector) => injector.kind === 'revision')
  const tag = injectors.find((injector) => injector.kind === 'tag')
  if (kind === 'one' && tag !== undefined) return { kind: 'tag', injector: tag, revision }
  if (kind === 'one' && own !== undefined) return { kind: 'untagged', injector: own, revision }
  const adopting = injectors.length === 2 && own !== undefined && tag?.tag === 'default'
  return adopting ? { kind: 'adopting', untagged: own, tag, revision } : null
}

/**
 * Whether an untagged default is moved by patching it: one of the versions is 1.11 or older, or its object has a live entry
 * that no tag's object would have (the single one of 1.7–1.9, which stays behind where only the control plane was
 * upgraded). A tag beside such an entry would inject twice, a tag without it would leave its namespaces behind.
 */
export function movesByPatch(mesh: Mesh, revisions: readonly string[], injector: Injector): boolean {
  const legacy = revisions.some((revision) => controlPlaneFor(mesh, revision)?.legacy === true)
  return legacy || injector.entries.some(({ live, name }) => live && !TAG_ENTRIES.has(name))
}

/** Entries of the tag `default` in all versions that have it (istio-discovery's revision-tags template). */
const TAG_ENTRIES: ReadonlySet<string> = new Set(
  ['rev.namespace.', 'rev.object.', 'namespace.', 'object.', 'auto.'].map((prefix) => `${prefix}${INJECTOR_SUFFIX}`),
)

function oneRevision(injection: Injection): string | null {
  if (injection.kind === 'one') return injection.revision
  const [revision] = injection.kind === 'many' ? injection.revisions : []
  return injection.kind === 'many' && injection.revisions.length === 1 && revision !== undefined ? revision : null
}

function unclear(injection: Injection, objects: readonly string[]): Refusal {
  const leadsTo = [...new Set(injection.entries.map(({ target }) => targetText(target)))]
  const why = injection.kind === 'unknown' ? injection.why : injection.kind
  return { code: 'DEFAULT_INJECTION_UNCLEAR', facts: { why, objects, leadsTo } }
}
