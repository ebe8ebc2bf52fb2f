import { istiodsOf } from './control-planes.ts'
import type { Mesh } from './mesh.ts'
import type { WebhookEntry } from './objects.ts'
import { matchesLabelMap } from './selectors.ts'

/**
 * Where a webhook entry leads, found by reading the Service and whose pods it selects: a label on the webhook is only what
 * somebody once meant (facts of a real cluster, the poisoned way back).
 */
export type Target =
  | { readonly kind: 'revision'; readonly revision: string; readonly namespace: string; readonly service: string }
  /** The Service isn't there: every call fails. */
  | { readonly kind: 'missing'; readonly namespace: string; readonly service: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'unknown'; readonly why: TargetUnknown; readonly namespace: string; readonly service: string }

/** A Service without pods of an istiod, with pods of several revisions, or that could not be read. */
type TargetUnknown = 'no-control-plane' | 'several-revisions' | 'services-unreadable'

/** Where one entry of a webhook object leads. */
export function targetOf(mesh: Mesh, entry: WebhookEntry): Target {
  const { service, url } = entry.clientConfig
  if (service === undefined) return { kind: 'url', url: url ?? '' }
  return serviceTarget(mesh, service.namespace, service.name)
}

/** The revision whose istiods stand behind a Service. */
export function serviceTarget(mesh: Mesh, namespace: string, service: string): Target {
  const found = mesh.services.find(({ metadata }) => metadata.name === service && metadata.namespace === namespace)
  if (found === undefined) {
    const unreadable = mesh.unreadable.some(({ part }) => part === 'services')
    return unreadable
      ? { kind: 'unknown', why: 'services-unreadable', namespace, service }
      : { kind: 'missing', namespace, service }
  }
  const istiods = istiodsOf(mesh).filter(
    (istiod) => istiod.namespace === namespace && matchesLabelMap(found.spec?.selector, istiod.labels),
  )
  const revisions = [...new Set(istiods.map((istiod) => istiod.revision))]
  const [revision] = revisions
  if (revision === undefined) return { kind: 'unknown', why: 'no-control-plane', namespace, service }
  if (revisions.length > 1) return { kind: 'unknown', why: 'several-revisions', namespace, service }
  return { kind: 'revision', revision, namespace, service }
}

/** `1-31-0`, or in words for facts: `missing istio-system/istiod-x`, `https://…`. */
export function targetText(target: Target): string {
  if (target.kind === 'revision') return target.revision
  if (target.kind === 'url') return target.url
  return `${target.kind} ${target.namespace}/${target.service}`
}
