import type { Refusal } from '../kernel/errors.ts'
import { caBundleHash } from './ca-bundle.ts'
import type { Mesh } from './mesh.ts'
import type { LabelSelector, WebhookConfiguration, WebhookEntry } from './objects.ts'
import { DEFAULT_REVISION, istiodNameOf } from './revision-names.ts'
import type { Target } from './service-target.ts'
import { targetOf } from './service-target.ts'

export type InjectorEntry = {
  /** Its place in the object's `webhooks`: what a JSON patch names. */
  readonly index: number
  readonly name: string
  /** `namespace/name` of the Service; null when it goes to a URL. */
  readonly service: string | null
  readonly url: string | null
  /** `/inject`, or with cluster and network: never rewritten, istiod reads them from it. */
  readonly path: string | null
  readonly caBundleHash: string | null
  /** False when istioctl made it neutral with never-match selectors. */
  readonly live: boolean
  readonly namespaceSelector: LabelSelector
  readonly objectSelector: LabelSelector
  readonly target: Target
}

/** A MutatingWebhookConfiguration with at least one entry that injects sidecars. */
export type Injector = {
  readonly name: string
  readonly kind: 'revision' | 'tag'
  readonly tag: string | null
  /** What its label istio.io/rev says: intent, never proof. */
  readonly labelledRevision: string | null
  readonly uid: string | null
  readonly resourceVersion: string | null
  readonly entries: readonly InjectorEntry[]
  /** Whether any entry can match anything. */
  readonly live: boolean
  /** INJECTOR_POISONED: a revision's own object that names another revision's Service. A tag made from it lies. */
  readonly poisoned: Refusal | null
  readonly object: WebhookConfiguration
}

/** How the names of all entries that inject sidecars end, in all versions. */
export const INJECTOR_SUFFIX = 'sidecar-injector.istio.io'
const DEACTIVATED = 'istio.io/deactivated'
const NEVER_MATCH = 'never-match'

/** What istioctl puts in place of both selectors of every entry to take an object out of use (1.12 and later). */
export const NEVER_MATCH_SELECTOR: LabelSelector = { matchLabels: { [DEACTIVATED]: NEVER_MATCH } }

/** Every injector object, by the test that istioctl itself uses: an entry whose name ends in sidecar-injector.istio.io. */
export function injectorsOf(mesh: Mesh): readonly Injector[] {
  return mesh.mutatingWebhooks.filter(isInjector).map((object) => injectorOf(mesh, object))
}

export function isInjector(object: WebhookConfiguration): boolean {
  return (object.webhooks ?? []).some(isInjectorEntry)
}

export function isInjectorEntry(entry: WebhookEntry): boolean {
  return entry.name.endsWith(INJECTOR_SUFFIX)
}

/** `istio-revision-tag-default`, outside istio-system with the namespace at its end (all charts from 1.10). */
export function tagObjectName(tag: string, istioNamespace: string): string {
  return `istio-revision-tag-${tag}${nameSuffix(istioNamespace)}`
}

/** `istio-sidecar-injector-1-31-0`: a revision's own object, named the same way (all charts from 1.7). */
export function injectorObjectName(revision: string, istioNamespace: string): string {
  const own = revision === DEFAULT_REVISION ? '' : `-${revision}`
  return `istio-sidecar-injector${own}${nameSuffix(istioNamespace)}`
}

function nameSuffix(istioNamespace: string): string {
  return istioNamespace === 'istio-system' ? '' : `-${istioNamespace}`
}

function injectorOf(mesh: Mesh, object: WebhookConfiguration): Injector {
  const { labels = {}, uid = null, resourceVersion = null, name } = object.metadata
  const { 'istio.io/tag': tag = null, 'istio.io/rev': labelledRevision = null } = labels
  const entries = (object.webhooks ?? []).flatMap((entry, index) =>
    isInjectorEntry(entry) ? [entryOf(mesh, entry, index)] : [],
  )
  const kind = tag === null ? 'revision' : 'tag'
  return {
    name,
    kind,
    tag,
    labelledRevision,
    uid,
    resourceVersion,
    entries,
    live: entries.some((entry) => entry.live),
    poisoned: kind === 'tag' ? null : poisonOf(mesh, name, labelledRevision ?? DEFAULT_REVISION, entries),
    object,
  }
}

function entryOf(mesh: Mesh, entry: WebhookEntry, index: number): InjectorEntry {
  const { service, url, caBundle } = entry.clientConfig
  return {
    index,
    name: entry.name,
    service: service === undefined ? null : `${service.namespace}/${service.name}`,
    url: url ?? null,
    path: service?.path ?? null,
    caBundleHash: caBundleHash(caBundle),
    live: !neverMatches(entry.namespaceSelector) && !neverMatches(entry.objectSelector),
    namespaceSelector: entry.namespaceSelector ?? {},
    objectSelector: entry.objectSelector ?? {},
    target: targetOf(mesh, entry),
  }
}

/** Whether istioctl took an entry out of use by this selector of it. */
export function neverMatches(selector: LabelSelector | undefined): boolean {
  return selector?.matchLabels?.[DEACTIVATED] === NEVER_MATCH
}

/** Its own Service is the one of its name, or one that leads to its own revision (a remote profile names istiod-remote). */
function poisonOf(mesh: Mesh, object: string, revision: string, entries: readonly InjectorEntry[]): Refusal | null {
  const own = `${mesh.istioNamespace}/${istiodNameOf(revision)}`
  const foreign = entries.filter(
    ({ service, target }) =>
      service !== null && service !== own && !(target.kind === 'revision' && target.revision === revision),
  )
  if (foreign.length === 0) return null
  return {
    code: 'INJECTOR_POISONED',
    facts: {
      object,
      revision,
      expected: own,
      entries: foreign.map((entry) => entry.name),
      services: [...new Set(foreign.map((entry) => entry.service ?? ''))],
    },
  }
}
