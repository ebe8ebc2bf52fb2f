import { controlPlaneFor } from './control-planes.ts'
import { goesWith } from './old-objects.ts'
import { INJECTOR_SUFFIX, neverMatches } from './injectors.ts'
import type { Mesh } from './mesh.ts'
import type { KubeObject, WebhookConfiguration, WebhookEntry } from './objects.ts'
import { targetOf, targetText } from './service-target.ts'
import { VALIDATOR_SUFFIX, validatorMoves } from './validators.ts'

/**
 * Webhooks of any kind that would call a Service which goes with a revision, and would not go with it themselves: `tag prod`,
 * `injector NAME`, `validator NAME`, `webhook NAME`. Left behind, each fails or refuses what it matches. Labels say nothing here: what
 * goes is what the uninstall's own selector takes, or the Helm release that the control plane is of. Tags and validators for everything
 * count although they would go: whoever relies on
 * them would be without.
 */
export function webhooksLeadingTo(mesh: Mesh, revision: string): readonly string[] {
  const forAll = new Set(validatorMoves(mesh, revision).map(({ validator }) => validator.object))
  const release = releaseOf(controlPlaneFor(mesh, revision)?.deployment)
  const goes = (object: WebhookConfiguration): boolean =>
    goesWith(object.metadata.labels, revision, mesh.istioNamespace) ||
    (release !== null && releaseOf(object) === release)
  return configurationsOf(mesh)
    .filter(({ webhooks = [] }) => webhooks.some((entry) => isLive(entry) && wouldLose(mesh, entry, revision)))
    .filter((object) => isTag(object) || forAll.has(object) || !goes(object))
    .map(nameOf)
}

/**
 * Webhooks that would go with a revision by their labels, though they lead to another one that stays: after a switch by patch (Istio
 * 1.7 to 1.11) OLD's own injector serves NEW. Removed with OLD, whoever it injects would be without until it is put back.
 */
export function webhooksTakenFromOthers(mesh: Mesh, revision: string): readonly string[] {
  return configurationsOf(mesh)
    .filter(({ metadata }) => goesWith(metadata.labels, revision, mesh.istioNamespace))
    .filter(({ webhooks = [] }) => webhooks.some((entry) => isLive(entry) && leadsElsewhere(mesh, entry, revision)))
    .map(nameOf)
}

function leadsElsewhere(mesh: Mesh, entry: WebhookEntry, revision: string): boolean {
  const target = targetOf(mesh, entry)
  return target.kind === 'revision' && target.revision !== revision
}

/** Webhooks that call a Service of the Istio namespace which isn't there: `NAME → missing istio-system/istiod`. */
export function lostWebhooks(mesh: Mesh): readonly string[] {
  const lost = configurationsOf(mesh).flatMap(({ metadata, webhooks = [] }) =>
    webhooks
      .filter(isLive)
      .map((entry) => targetOf(mesh, entry))
      .filter((target) => target.kind === 'missing' && target.namespace === mesh.istioNamespace)
      .map((target) => `${metadata.name} → ${targetText(target)}`),
  )
  return [...new Set(lost)]
}

/** `NAMESPACE/NAME` of the Helm release that an object is of; null where it is of none. */
function releaseOf(object: KubeObject | undefined): string | null {
  const { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace } =
    object?.metadata.annotations ?? {}
  return name === undefined ? null : `${namespace ?? ''}/${name}`
}

function configurationsOf(mesh: Mesh): readonly WebhookConfiguration[] {
  return [...mesh.mutatingWebhooks, ...mesh.validatingWebhooks]
}

/** What istioctl made neutral can match nothing. */
function isLive({ namespaceSelector, objectSelector }: WebhookEntry): boolean {
  return !neverMatches(namespaceSelector) && !neverMatches(objectSelector)
}

function wouldLose(mesh: Mesh, entry: WebhookEntry, revision: string): boolean {
  const target = targetOf(mesh, entry)
  if (target.kind === 'revision' && target.revision === revision) return true
  const named = entry.clientConfig.service
  const service = mesh.services.find(
    ({ metadata }) => metadata.name === named?.name && metadata.namespace === named.namespace,
  )
  return service !== undefined && goesWith(service.metadata.labels, revision, mesh.istioNamespace)
}

function isTag(object: WebhookConfiguration): boolean {
  return has(object, INJECTOR_SUFFIX) && object.metadata.labels?.['istio.io/tag'] !== undefined
}

function nameOf(object: WebhookConfiguration): string {
  const { name, labels } = object.metadata
  if (isTag(object)) return `tag ${labels?.['istio.io/tag'] ?? ''}`
  if (has(object, INJECTOR_SUFFIX)) return `injector ${name}`
  return `${has(object, VALIDATOR_SUFFIX) ? 'validator' : 'webhook'} ${name}`
}

function has({ webhooks = [] }: WebhookConfiguration, suffix: string): boolean {
  return webhooks.some((entry) => entry.name.endsWith(suffix))
}
