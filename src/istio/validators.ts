import type { Mesh } from './mesh.ts'
import type { WebhookConfiguration, WebhookEntry } from './objects.ts'
import type { Target } from './service-target.ts'
import { targetOf } from './service-target.ts'

export type ValidatorEntry = {
  readonly index: number
  readonly name: string
  /** `namespace/name` of the Service that it names; null when it goes to a URL. */
  readonly service: string | null
  readonly url: string | null
  readonly target: Target
  /** Whether it validates everything, or only objects labelled istio.io/rev of one revision. */
  readonly catchesAll: boolean
}

/** A ValidatingWebhookConfiguration of Istio. */
export type Validator = {
  readonly name: string
  /**
   * `default`: istiod-default-validator (1.12 and later). `legacy`: one for all, `istiod-<ns>` (1.7–1.10), or 1.11's with
   * a catch-all entry. `revision`: only what is labelled for its revision; it stays with it.
   */
  readonly kind: 'default' | 'legacy' | 'revision'
  readonly labelledRevision: string | null
  readonly entries: readonly ValidatorEntry[]
  readonly object: WebhookConfiguration
}

export const DEFAULT_VALIDATOR = 'istiod-default-validator'

/** How the names of all entries of Istio's validators end, in all versions. */
export const VALIDATOR_SUFFIX = 'validation.istio.io'

/** Istio's validators: those with an entry whose name ends in validation.istio.io (all versions from 1.7). */
export function validatorsOf(mesh: Mesh): readonly Validator[] {
  return mesh.validatingWebhooks
    .filter((object) => (object.webhooks ?? []).some(isValidatorEntry))
    .map((object) => validatorOf(mesh, object))
}

/** Entries that validate everything and lead to a revision: they must move before its Service goes. */
export function validatorMoves(
  mesh: Mesh,
  from: string,
): readonly { readonly validator: Validator; readonly entries: readonly ValidatorEntry[] }[] {
  return validatorsOf(mesh).flatMap((validator) => {
    const entries = validator.entries.filter(
      ({ catchesAll, target }) => catchesAll && target.kind === 'revision' && target.revision === from,
    )
    return entries.length === 0 ? [] : [{ validator, entries }]
  })
}

function validatorOf(mesh: Mesh, object: WebhookConfiguration): Validator {
  const entries = (object.webhooks ?? []).flatMap((entry, index) =>
    isValidatorEntry(entry) ? [entryOf(mesh, entry, index)] : [],
  )
  return {
    name: object.metadata.name,
    kind: kindOf(object, entries),
    labelledRevision: object.metadata.labels?.['istio.io/rev'] ?? null,
    entries,
    object,
  }
}

function entryOf(mesh: Mesh, entry: WebhookEntry, index: number): ValidatorEntry {
  const { service, url } = entry.clientConfig
  return {
    index,
    name: entry.name,
    service: service === undefined ? null : `${service.namespace}/${service.name}`,
    url: url ?? null,
    target: targetOf(mesh, entry),
    catchesAll: catchesAll(entry),
  }
}

function isValidatorEntry(entry: WebhookEntry): boolean {
  return entry.name.endsWith(VALIDATOR_SUFFIX)
}

function kindOf(object: WebhookConfiguration, entries: readonly ValidatorEntry[]): Validator['kind'] {
  if (object.metadata.name === DEFAULT_VALIDATOR) return 'default'
  return entries.some((entry) => entry.catchesAll) ? 'legacy' : 'revision'
}

/** A per-revision entry requires istio.io/rev to be one of some names; 1.11's catch-all requires it to be absent. */
function catchesAll(entry: WebhookEntry): boolean {
  const expressions = entry.objectSelector?.matchExpressions ?? []
  const byLabel = entry.objectSelector?.matchLabels?.['istio.io/rev'] !== undefined
  return !byLabel && !expressions.some(({ key, operator }) => key === 'istio.io/rev' && operator === 'In')
}
