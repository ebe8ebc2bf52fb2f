import type { Injection } from './effective-injector.ts'
import { IGNORED_NAMESPACES, injectionBy } from './effective-injector.ts'
import type { Injector } from './injectors.ts'
import { injectorsOf } from './injectors.ts'
import type { Mesh } from './mesh.ts'
import type { Namespace } from './objects.ts'
import { podSelectionsByNamespace } from './pod-selections.ts'
import { isProofNamespace } from './proof-namespace.ts'
import type { Labels } from './selectors.ts'
import type { Tag } from './tags.ts'
import { tagsOf } from './tags.ts'

type ClassName =
  /** istio-injection=enabled */
  | 'enabled'
  /** istio.io/rev names a tag. */
  | `tag:${string}`
  /** istio.io/rev names a revision, or nothing that there is. */
  | `revision:${string}`
  /** No label on the namespace, but pods that ask for injection themselves. */
  | 'pod-level'
  /** No label at all, and an injector that takes such pods (enableNamespacesByDefault). */
  | 'by-default'
  /** istio-injection with any other value. */
  | 'opted-out'
  | 'not-injected'

/** Namespaces whose new pods are injected in one and the same way. */
export type NamespaceClass = {
  /** Unique: the name, for pod-level classes with the pods' labels: `pod-level:istio.io/rev=prod-stable`. */
  readonly key: string
  readonly name: ClassName
  readonly namespaces: readonly string[]
  /** The labels by which pods of a pod-level class ask; empty for all others. */
  readonly podLabels: Labels
  /** What a new pod gets today, by selectors and Services. */
  readonly injection: Injection
  /** Whether it goes through a tag or the untagged default, which a switch moves; explicit revisions never move. */
  readonly movable: boolean
}

/**
 * Every namespace in its class, or, where pods ask for different things, in several; none for the one of a proof. Classes and
 * namespaces are sorted.
 */
export function namespaceClassesOf(mesh: Mesh): readonly NamespaceClass[] {
  const injectors = injectorsOf(mesh)
  const reading = { mesh, injectors, tags: tagsOf(mesh), selections: podSelectionsByNamespace(mesh) }
  const tenants = mesh.namespaces.filter((namespace) => !isProofNamespace(namespace))
  const members = tenants.flatMap((namespace) => membershipsOf(reading, namespace))
  const byKey = Map.groupBy(members, ({ key }) => key)
  const serving = servingDefault(mesh, injectors)
  return [...byKey.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, group]) => {
      const [first] = group
      if (first === undefined) return []
      const namespaces = group.map(({ namespace }) => namespace).sort()
      const { name, podLabels, injection } = first
      return [{ key, name, namespaces, podLabels, injection, movable: isMovable(injection, serving) }]
    })
}

/** Whether a switch away from a revision gives this class's new pods another one. Kept tags don't move theirs. */
export function movedBySwitch(
  namespaceClass: Pick<NamespaceClass, 'injection' | 'movable'>,
  from: string,
  keepTags: readonly string[] = [],
): boolean {
  const { injection, movable } = namespaceClass
  if (!movable || (injection.kind !== 'one' && injection.kind !== 'many')) return false
  const revisions = injection.kind === 'one' ? [injection.revision] : injection.revisions
  const kept = injection.entries.some(({ tag }) => tag !== null && keepTags.includes(tag))
  return !kept && revisions.length === 1 && revisions[0] === from
}

/** The revision that a class's new pods get; null for none, several or unknown. */
export function revisionOfClass({ injection }: Pick<NamespaceClass, 'injection'>): string | null {
  if (injection.kind === 'one') return injection.revision
  if (injection.kind !== 'many' || injection.revisions.length !== 1) return null
  return injection.revisions[0] ?? null
}

type Membership = Pick<NamespaceClass, 'key' | 'name' | 'podLabels' | 'injection'> & { readonly namespace: string }

type Reading = {
  readonly mesh: Mesh
  readonly injectors: readonly Injector[]
  readonly tags: readonly Tag[]
  readonly selections: ReadonlyMap<string, readonly Labels[]>
}

function membershipsOf({ mesh, injectors, tags, selections }: Reading, namespace: Namespace): readonly Membership[] {
  const { name, labels = {} } = namespace.metadata
  const judge = (podLabels: Labels): Injection => injectionBy(injectors, mesh, labels, podLabels, { namespace: name })
  const byLabel = IGNORED_NAMESPACES.includes(name) ? 'not-injected' : classByLabel(labels, tags)
  if (byLabel !== null) {
    const injection = judge({})
    return [{ key: withRevision(byLabel, injection), name: byLabel, podLabels: {}, injection, namespace: name }]
  }
  const injection = judge({})
  const own: ClassName = injection.kind === 'none' ? 'not-injected' : 'by-default'
  const asking = (selections.get(name) ?? []).map((podLabels) => podLevel(name, podLabels, judge(podLabels)))
  if (own === 'not-injected' && asking.length > 0) return asking
  return [...asking, { key: withRevision(own, injection), name: own, podLabels: {}, injection, namespace: name }]
}

/** istio-injection beats istio.io/rev: every entry that looks at a revision requires it to be absent. */
function classByLabel(labels: Labels, tags: readonly Tag[]): ClassName | null {
  const injection = labels['istio-injection']
  if (injection === 'enabled') return 'enabled'
  if (injection !== undefined) return 'opted-out'
  const revision = labels['istio.io/rev']
  if (revision === undefined) return null
  return tags.some(({ tag }) => tag === revision) ? `tag:${revision}` : `revision:${revision}`
}

function podLevel(namespace: string, podLabels: Labels, injection: Injection): Membership {
  const asked = Object.entries(podLabels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',')
  return { key: withRevision(`pod-level:${asked}`, injection), name: 'pod-level', podLabels, injection, namespace }
}

/**
 * Namespaces of one class may still differ where somebody wrote selectors of his own (namespace names, further labels): the
 * ones that get something else are a class of their own, named by what they get.
 */
function withRevision(key: string, injection: Injection): string {
  if (injection.kind === 'one') return key
  if (injection.kind === 'none') return key === 'opted-out' || key === 'not-injected' ? key : `${key}(none)`
  return `${key}(${injection.kind})`
}

/** Whether a switch moves what these objects inject: tags, and what serves the untagged default. */
export function isMovable({ entries }: Injection, serving: readonly string[]): boolean {
  return (
    entries.length > 0 && entries.every(({ object, objectKind }) => objectKind === 'tag' || serving.includes(object))
  )
}

/**
 * The objects of the untagged default: those that are labelled so, and the one that answers istio-injection=enabled whatever its
 * label says. After a switch by patch that one carries the label of the revision to which it leads.
 */
export function servingDefault(mesh: Mesh, injectors: readonly Injector[]): readonly string[] {
  const labelled = injectors.filter(({ labelledRevision }) => labelledRevision === 'default')
  const answering = injectionBy(injectors, mesh, { 'istio-injection': 'enabled' }, {}).entries
  return [...labelled.map(({ name }) => name), ...answering.map(({ object }) => object)]
}
