import type { JsonObject, KubeObject } from '../kube-object.ts'
import type { ControlPlane } from './control-plane.ts'
import { chartLabels, pilotLabels, revisionLabel, withRevision } from './control-plane.ts'
import { modernEntries, oldEntry } from './webhook-entries.ts'

const API = 'admissionregistration.k8s.io/v1'

/** `istio-sidecar-injector[-REV]`: the revision's own injector object, with as many entries as its version renders. */
export function revisionInjector(plane: ControlPlane, caBundle?: string): KubeObject {
  const service = { name: withRevision('istiod', plane.revision), namespace: plane.namespace, ...bundle(caBundle) }
  const minor = Number(plane.version.split('.')[1] ?? 99)
  const isDefault = plane.revision === ''
  const label = revisionLabel(plane.revision)
  const webhooks =
    minor >= 10
      ? modernEntries(label, isDefault, service, plane.version)
      : [oldEntry(plane.revision, service, plane.version)]
  const name = inNamespace(withRevision('istio-sidecar-injector', plane.revision), plane.namespace)
  return {
    apiVersion: API,
    kind: 'MutatingWebhookConfiguration',
    metadata: { name, labels: { app: 'sidecar-injector', ...pilotLabels(plane.revision) } },
    webhooks,
  }
}

/** What a tag is made from: read off the revision's own injector object, as `istioctl tag` does. */
export type TagSource = {
  readonly tag: string
  /** Label value; `default` for the unrevisioned one. */
  readonly revision: string
  readonly namespace: string
  readonly service: string
  readonly path: string
  readonly caBundle: string
  readonly version: string
  readonly labels: Record<string, string>
}

/** `istio-revision-tag-TAG`. */
export function tagInjector(source: TagSource): KubeObject {
  const { service: name, namespace, path, caBundle } = source
  const service = { name, namespace, path, ...bundle(caBundle) }
  return {
    apiVersion: API,
    kind: 'MutatingWebhookConfiguration',
    metadata: {
      name: inNamespace(`istio-revision-tag-${source.tag}`, namespace),
      labels: {
        app: 'sidecar-injector',
        ...source.labels,
        'istio.io/rev': source.revision,
        'istio.io/tag': source.tag,
      },
    },
    webhooks: modernEntries(source.tag, source.tag === 'default', service, source.version),
  }
}

/** `istiod-revision-tag-TAG`, since 1.28. */
export function tagService(source: TagSource): KubeObject {
  const revisioned = source.revision !== 'default'
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: `istiod-revision-tag-${source.tag}`,
      namespace: source.namespace,
      labels: {
        ...chartLabels(),
        ...installerLabels(source.labels),
        app: 'istiod',
        istio: 'pilot',
        'istio.io/rev': source.revision,
        'istio.io/tag': source.tag,
      },
    },
    spec: {
      ports: istiodPorts(),
      selector: { app: 'istiod', ...(revisioned ? { 'istio.io/rev': source.revision } : { istio: 'pilot' }) },
    },
  }
}

/** An installer marks what it makes for the default tag as its own, so that its uninstall finds it. */
function installerLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => key.includes('operator.istio.io')))
}

/**
 * `istiod-default-validator`: made with a tag it carries the tag's label and leaves revisioned objects to their own
 * validators; made by Helm's base chart it validates everything. Without a policy the live one is kept.
 */
export function defaultValidator(source: TagSource, byTag: boolean, failurePolicy?: string): KubeObject {
  const entry = validatorEntry('validation.istio.io', source.service, source.namespace, failurePolicy, source.caBundle)
  const objectSelector = { matchExpressions: [{ key: 'istio.io/rev', operator: 'DoesNotExist' }] }
  return {
    apiVersion: API,
    kind: 'ValidatingWebhookConfiguration',
    metadata: {
      name: 'istiod-default-validator',
      labels: {
        ...chartLabels(),
        app: 'istiod',
        istio: 'istiod',
        ...(byTag ? source.labels : {}),
        'istio.io/rev': source.revision,
        ...(byTag ? { 'istio.io/tag': source.tag } : {}),
      },
    },
    webhooks: [byTag ? { ...entry, objectSelector } : entry],
  }
}

/** `istio-validator[-REV]-NS`: validation of objects that carry the revision's label. */
export function revisionValidator(plane: ControlPlane, failurePolicy: string, caBundle?: string): KubeObject {
  const service = withRevision('istiod', plane.revision)
  const entry = validatorEntry('rev.validation.istio.io', service, plane.namespace, failurePolicy, caBundle)
  const values = [revisionLabel(plane.revision)]
  const objectSelector = { matchExpressions: [{ key: 'istio.io/rev', operator: 'In', values }] }
  return {
    apiVersion: API,
    kind: 'ValidatingWebhookConfiguration',
    metadata: {
      name: `${withRevision('istio-validator', plane.revision)}-${plane.namespace}`,
      labels: { ...chartLabels(), app: 'istiod', istio: 'istiod', 'istio.io/rev': revisionLabel(plane.revision) },
    },
    webhooks: [{ ...entry, objectSelector }],
  }
}

/** `istiod-NS` of Istio 1.7 to 1.10: one catch-all validator wired to the unrevisioned Service. */
export function oldValidator(namespace: string, caBundle: string): KubeObject {
  return {
    apiVersion: API,
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: `istiod-${namespace}`, labels: { app: 'istiod', release: 'istio', istio: 'istiod' } },
    webhooks: [validatorEntry('validation.istio.io', 'istiod', namespace, 'Fail', caBundle)],
  }
}

export function istiodPorts(): JsonObject[] {
  return [
    { port: 15010, name: 'grpc-xds', protocol: 'TCP' },
    { port: 15012, name: 'https-dns', protocol: 'TCP' },
    { port: 443, name: 'https-webhook', targetPort: 15017, protocol: 'TCP' },
    { port: 15014, name: 'http-monitoring', protocol: 'TCP' },
  ]
}

function validatorEntry(
  name: string,
  service: string,
  namespace: string,
  failurePolicy: string | undefined,
  caBundle?: string,
): JsonObject {
  return {
    name,
    clientConfig: { service: { name: service, namespace, path: '/validate' }, ...bundle(caBundle) },
    rules: [
      {
        operations: ['CREATE', 'UPDATE'],
        apiGroups: ['security.istio.io', 'networking.istio.io', 'telemetry.istio.io', 'extensions.istio.io'],
        apiVersions: ['*'],
        resources: ['*'],
      },
    ],
    ...(failurePolicy ? { failurePolicy } : {}),
    sideEffects: 'None',
    admissionReviewVersions: ['v1'],
  }
}

function bundle(caBundle: string | undefined): { caBundle?: string } {
  return caBundle ? { caBundle } : {}
}

function inNamespace(name: string, namespace: string): string {
  return namespace === 'istio-system' ? name : `${name}-${namespace}`
}
