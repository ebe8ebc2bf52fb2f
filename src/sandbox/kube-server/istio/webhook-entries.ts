import type { JsonObject } from '../kube-object.ts'

/** Where an entry sends pods, and with which authority it trusts the answer. */
export type EntryService = {
  readonly name: string
  readonly namespace: string
  readonly path?: string
  /** Base64 of the mesh's root; absent until an istiod has filled it in. */
  readonly caBundle?: string
}

export const NEVER_MATCH: JsonObject = { matchLabels: { 'istio.io/deactivated': 'never-match' } }

const requirement = (key: string, operator: string, ...values: string[]): JsonObject =>
  values.length === 0 ? { key, operator } : { key, operator, values }
const all = (...matchExpressions: JsonObject[]): JsonObject => ({ matchExpressions })
const noneOf = [requirement('istio.io/rev', 'DoesNotExist'), requirement('istio-injection', 'DoesNotExist')]
const noLabels = all(...noneOf)
const notOptedOut = requirement('sidecar.istio.io/inject', 'NotIn', 'false')

/** Entries of Istio 1.10 and newer: two for the revision or tag, two more where it is the default. */
export function modernEntries(label: string, isDefault: boolean, service: EntryService, version: string): JsonObject[] {
  const entry = entryMaker(service, version)
  const own = [
    entry(
      'rev.namespace.',
      all(requirement('istio.io/rev', 'In', label), requirement('istio-injection', 'DoesNotExist')),
      all(notOptedOut),
    ),
    entry('rev.object.', noLabels, all(notOptedOut, requirement('istio.io/rev', 'In', label))),
  ]
  if (!isDefault) return own
  const wanted = all(requirement('sidecar.istio.io/inject', 'In', 'true'), requirement('istio.io/rev', 'DoesNotExist'))
  return [
    ...own,
    entry('namespace.', all(requirement('istio-injection', 'In', 'enabled')), all(notOptedOut)),
    entry('object.', all(...noneOf.toReversed()), wanted),
  ]
}

/** The single entry of Istio 1.7 to 1.9. */
export function oldEntry(revision: string, service: EntryService, version: string): JsonObject {
  const selector =
    revision === ''
      ? { matchLabels: { 'istio-injection': 'enabled' } }
      : all(requirement('istio.io/rev', 'In', revision), requirement('istio-injection', 'DoesNotExist'))
  return { ...entryMaker(service, version)('', selector, {}), timeoutSeconds: 30, matchPolicy: 'Exact' }
}

function entryMaker(service: EntryService, version: string) {
  const minor = Number(version.split('.')[1] ?? 99)
  return (prefix: string, namespaceSelector: JsonObject, objectSelector: JsonObject): JsonObject => ({
    name: `${prefix}sidecar-injector.istio.io`,
    clientConfig: {
      service: { name: service.name, namespace: service.namespace, path: service.path ?? '/inject', port: 443 },
      ...(service.caBundle ? { caBundle: service.caBundle } : {}),
    },
    sideEffects: 'None',
    rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
    failurePolicy: 'Fail',
    ...(minor >= 19 ? { reinvocationPolicy: 'Never' } : {}),
    admissionReviewVersions: minor >= 23 ? ['v1'] : ['v1beta1', 'v1'],
    namespaceSelector,
    objectSelector,
  })
}
