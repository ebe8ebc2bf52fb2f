import type { Injector, InjectorEntry } from './injectors.ts'
import { injectorsOf } from './injectors.ts'
import type { Mesh } from './mesh.ts'
import type { Labels, Matching } from './selectors.ts'
import { allOf, matchesSelector } from './selectors.ts'
import type { Target } from './service-target.ts'
import { unreadInjectors } from './unread.ts'

/** What else of a pod decides whether it is injected. */
export type PodTraits = {
  readonly namespace?: string
  readonly annotations?: Labels
  readonly hostNetwork?: boolean
}

/** One live entry that the API server would call for the pod. */
type MatchingEntry = {
  readonly object: string
  readonly objectKind: 'revision' | 'tag'
  readonly tag: string | null
  readonly entry: string
  readonly index: number
  readonly target: Target
}

export type Injection =
  /** Exactly one entry, and the revision behind its Service. */
  | { readonly kind: 'one'; readonly revision: string; readonly entries: readonly MatchingEntry[] }
  | { readonly kind: 'none'; readonly why: NoInjection; readonly entries: readonly MatchingEntry[] }
  /** Several entries: the pod is injected more than once, by the revisions named (one, while a tag is adopted). */
  | { readonly kind: 'many'; readonly revisions: readonly string[]; readonly entries: readonly MatchingEntry[] }
  | { readonly kind: 'unknown'; readonly why: UnknownInjection; readonly entries: readonly MatchingEntry[] }

type NoInjection = 'no-match' | 'opted-out' | 'host-network' | 'ignored-namespace'

/** `service-missing`: every such pod's creation fails. `url`: an injector outside of this cluster. */
type UnknownInjection = 'service-missing' | 'url' | 'service-unresolved' | 'selector-unknown' | 'webhooks-unreadable'

/** Namespaces that istiod never injects, whatever their labels (pkg/kube/inject, since 1.10). */
export const IGNORED_NAMESPACES: readonly string[] = [
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]

const INJECT = 'sidecar.istio.io/inject'

/**
 * What would inject a pod with these labels in a namespace with these labels: the selectors of every live entry are
 * evaluated, and the revision is read from the Service that the entry names. The label kubernetes.io/metadata.name is
 * added where `traits.namespace` is known, since the API server always sets it.
 */
export function effectiveInjectors(
  mesh: Mesh,
  namespaceLabels: Labels,
  podLabels: Labels,
  traits: PodTraits = {},
): Injection {
  return injectionBy(injectorsOf(mesh), mesh, namespaceLabels, podLabels, traits)
}

/** The same with the injectors already read: for many questions about one mesh. */
export function injectionBy(
  injectors: readonly Injector[],
  mesh: Mesh,
  namespaceLabels: Labels,
  podLabels: Labels,
  traits: PodTraits = {},
): Injection {
  const named = traits.namespace === undefined ? {} : { 'kubernetes.io/metadata.name': traits.namespace }
  const labels = { ...namespaceLabels, ...named }
  const judged = injectors.flatMap((injector) =>
    injector.entries
      .filter((entry) => entry.live)
      .map((entry) => ({ matching: matchingOf(entry, labels, podLabels), entry: matchingEntry(injector, entry) })),
  )
  const entries = judged.filter(({ matching }) => matching === 'yes').map(({ entry }) => entry)
  const doubtful = judged.filter(({ matching }) => matching === 'unknown').map(({ entry }) => entry)
  if (unreadInjectors(mesh)) return { kind: 'unknown', why: 'webhooks-unreadable', entries }
  const skipped = skippedByIstiod(podLabels, traits)
  if (skipped !== null) return { kind: 'none', why: skipped, entries }
  if (doubtful.length > 0) return { kind: 'unknown', why: 'selector-unknown', entries: [...entries, ...doubtful] }
  return injectionOf(entries)
}

function injectionOf(entries: readonly MatchingEntry[]): Injection {
  if (entries.length === 0) return { kind: 'none', why: 'no-match', entries }
  const doubt = entries.map(({ target }) => doubtOf(target)).find((why) => why !== null)
  if (doubt !== undefined && doubt !== null) return { kind: 'unknown', why: doubt, entries }
  const revisions = [...new Set(entries.flatMap(({ target }) => (target.kind === 'revision' ? [target.revision] : [])))]
  const [revision] = revisions
  if (entries.length === 1 && revision !== undefined) return { kind: 'one', revision, entries }
  return { kind: 'many', revisions, entries }
}

function doubtOf(target: Target): UnknownInjection | null {
  if (target.kind === 'revision') return null
  if (target.kind === 'missing') return 'service-missing'
  return target.kind === 'url' ? 'url' : 'service-unresolved'
}

function matchingOf(entry: InjectorEntry, namespaceLabels: Labels, podLabels: Labels): Matching {
  return allOf([
    matchesSelector(entry.namespaceSelector, namespaceLabels),
    matchesSelector(entry.objectSelector, podLabels),
  ])
}

/** istiod is called and answers without a patch. The label beats the annotation of the same name. */
function skippedByIstiod(podLabels: Labels, traits: PodTraits): NoInjection | null {
  if (traits.hostNetwork === true) return 'host-network'
  if (traits.namespace !== undefined && IGNORED_NAMESPACES.includes(traits.namespace)) return 'ignored-namespace'
  return (podLabels[INJECT] ?? traits.annotations?.[INJECT]) === 'false' ? 'opted-out' : null
}

function matchingEntry(injector: Injector, entry: InjectorEntry): MatchingEntry {
  return {
    object: injector.name,
    objectKind: injector.kind,
    tag: injector.tag,
    entry: entry.name,
    index: entry.index,
    target: entry.target,
  }
}
