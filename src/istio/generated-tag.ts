import type { Facts, Refusal, Result } from '../kernel/errors.ts'
import { ok, refuse } from '../kernel/errors.ts'
import { caBundleHash } from './ca-bundle.ts'
import type { InjectorEntry } from './injectors.ts'
import { NEVER_MATCH_SELECTOR, isInjectorEntry, tagObjectName } from './injectors.ts'
import { isKubeObject, writable } from './manifest-documents.ts'
import type { Mesh } from './mesh.ts'
import type { KubeObject, Service, WebhookConfiguration, WebhookEntry } from './objects.ts'
import { matchesLabelMap } from './selectors.ts'
import { controlPlaneFor } from './control-planes.ts'
import { targetOf, targetText } from './service-target.ts'
import type { GeneratedTag } from './switch-types.ts'
import { tagServiceName } from './tags.ts'
import { DEFAULT_VALIDATOR } from './validators.ts'

/** The objects of one tag as istioctl would write them, checked against what is in the cluster. */
export type TagDocuments = {
  readonly tag: string
  readonly revision: string
  readonly injector: WebhookConfiguration
  /** Only for the tag `default`. */
  readonly validator: WebhookConfiguration | null
  /** From istioctl 1.28 on. */
  readonly service: Service | null
}

/** What the tag's injection does today: entries that must have a successor, and the path that must stay. */
export type Predecessor = { readonly entries: readonly InjectorEntry[]; readonly rootHash: string | null }

/**
 * Checks what `istioctl tag generate` printed before anything is made of it. istioctl copies Service, path and caBundle from
 * the revision's own object, so a hand-patched object gives documents that lie (the poisoned way back). Refuses
 * GENERATED_UNREADABLE, GENERATED_WRONG_OBJECT, GENERATED_WRONG_SERVICE, GENERATED_NEVER_MATCHES, GENERATED_CA_DIFFERS,
 * GENERATED_LACKS_ENTRIES (an entry that would stay on OLD) and GENERATED_PATH_DIFFERS.
 */
export function checkGeneratedTag(mesh: Mesh, generated: GeneratedTag, before: Predecessor): Result<TagDocuments> {
  const found = documentsOf(mesh, generated)
  if (!found.ok) return found
  const refusal =
    wrongLabels(generated, found.value.injector) ??
    wrongServices(mesh, generated, found.value) ??
    wrongEntries(generated, found.value.injector, before)
  return refusal === null ? found : { ok: false, refusal }
}

function documentsOf(mesh: Mesh, generated: GeneratedTag): Result<TagDocuments> {
  const { tag, revision } = generated
  const objects = generated.documents.filter(isKubeObject).map(writable)
  if (objects.length !== generated.documents.length) return refuse('GENERATED_UNREADABLE', { tag, revision })
  const name = tagObjectName(tag, mesh.istioNamespace)
  const named = (kind: string, expected: string): KubeObject | undefined =>
    objects.find((object) => object.kind === kind && object.metadata.name === expected)
  const injector: WebhookConfiguration | undefined = named('MutatingWebhookConfiguration', name)
  const validator: WebhookConfiguration | undefined = named('ValidatingWebhookConfiguration', DEFAULT_VALIDATOR)
  const service: Service | undefined = named('Service', tagServiceName(tag))
  const known = [injector, validator, service]
  const strange = objects.filter((object) => !known.includes(object))
  if (injector === undefined || strange.length > 0) {
    return refuse('GENERATED_WRONG_OBJECT', { tag, revision, expected: name, got: names(strange) })
  }
  return ok({ tag, revision, injector, validator: validator ?? null, service: service ? asServed(service) : null })
}

/**
 * istioctl prints `targetPort: 0` where the chart names none (seen on 1.31): the API server then takes the port itself. Left as it is
 * printed, the Service that was written would never be found to be the one that was meant.
 */
function asServed(service: Service): Service {
  const ports = service.spec?.ports?.map(({ targetPort, ...port }) =>
    targetPort === 0 || targetPort === undefined ? port : { ...port, targetPort },
  )
  return { ...service, spec: { ...service.spec, ...(ports ? { ports } : {}) } }
}

function names(objects: readonly KubeObject[]): readonly string[] {
  return objects.map((object) => `${object.kind}/${object.metadata.name}`)
}

function wrongLabels({ tag, revision }: GeneratedTag, injector: WebhookConfiguration): Refusal | null {
  const labels = injector.metadata.labels ?? {}
  if (labels['istio.io/tag'] === tag && labels['istio.io/rev'] === revision) return null
  const got = [`istio.io/tag=${labels['istio.io/tag'] ?? ''}`, `istio.io/rev=${labels['istio.io/rev'] ?? ''}`]
  return { code: 'GENERATED_WRONG_OBJECT', facts: { tag, revision, expected: injector.metadata.name, got } }
}

/** Every webhook entry and the tag's Service must lead to the istiods of the revision asked for. */
function wrongServices(mesh: Mesh, { tag, revision }: GeneratedTag, documents: TagDocuments): Refusal | null {
  const entries = [...webhooksOf(documents.injector), ...webhooksOf(documents.validator)]
  const elsewhere = entries
    .map((entry) => targetOf(mesh, entry))
    .filter((target) => target.kind !== 'revision' || target.revision !== revision)
    .map(targetText)
  const { service } = documents
  const stray = service === null || selectsIstiodsOf(mesh, revision, service) ? [] : [service.metadata.name]
  if (entries.length > 0 && elsewhere.length + stray.length === 0) return null
  const services = [...new Set([...elsewhere, ...stray])]
  return {
    code: 'GENERATED_WRONG_SERVICE',
    facts: { tag, revision, object: documents.injector.metadata.name, services },
  }
}

function selectsIstiodsOf(mesh: Mesh, revision: string, service: Service): boolean {
  const pods = controlPlaneFor(mesh, revision)?.deployment.template.metadata?.labels ?? {}
  return matchesLabelMap(service.spec?.selector, pods)
}

function webhooksOf(object: WebhookConfiguration | null): readonly WebhookEntry[] {
  return object?.webhooks ?? []
}

function wrongEntries(
  { tag, revision }: GeneratedTag,
  injector: WebhookConfiguration,
  before: Predecessor,
): Refusal | null {
  const entries = (injector.webhooks ?? []).filter(isInjectorEntry)
  const facts = { tag, revision, object: injector.metadata.name }
  if (entries.some(isNeverMatch)) return { code: 'GENERATED_NEVER_MATCHES', facts }
  const roots = new Set(entries.map((entry) => caBundleHash(entry.clientConfig.caBundle)))
  if (roots.size !== 1 || !roots.has(before.rootHash) || before.rootHash === null)
    return { code: 'GENERATED_CA_DIFFERS', facts }
  const lacking = before.entries.filter((entry) => entry.live && !entries.some(({ name }) => name === entry.name))
  if (lacking.length > 0) {
    return { code: 'GENERATED_LACKS_ENTRIES', facts: { ...facts, entries: lacking.map(({ name }) => name) } }
  }
  return wrongPaths(facts, entries, before)
}

/** istiod reads cluster and network from the path of the call, so it must stay what it was. */
function wrongPaths(facts: Facts, entries: readonly WebhookEntry[], before: Predecessor): Refusal | null {
  const paths = new Set(before.entries.filter((entry) => entry.live).map((entry) => entry.path ?? ''))
  const others = entries.map((entry) => entry.clientConfig.service?.path ?? '').filter((path) => !paths.has(path))
  if (paths.size === 0 || others.length === 0) return null
  return { code: 'GENERATED_PATH_DIFFERS', facts: { ...facts, before: [...paths], after: [...new Set(others)] } }
}

function isNeverMatch(entry: WebhookEntry): boolean {
  const [[key, value] = ['', '']] = Object.entries(NEVER_MATCH_SELECTOR.matchLabels ?? {})
  return [entry.namespaceSelector, entry.objectSelector].some((selector) => selector?.matchLabels?.[key] === value)
}
