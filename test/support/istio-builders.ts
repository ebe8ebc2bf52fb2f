import type { Mesh } from '../../src/istio/mesh.ts'
import type {
  ConfigMap,
  LabelSelector,
  Namespace,
  Service,
  WebhookConfiguration,
  WebhookEntry,
  Workload,
} from '../../src/istio/objects.ts'

/** base64 of a certificate's text that is the same in every object made here. */
export const ROOT = Buffer.from('-----BEGIN CERTIFICATE-----\nroot\n-----END CERTIFICATE-----\n').toString('base64')

/** A mesh with nothing in it; give what the test is about. */
function meshWith(parts: Partial<Mesh> = {}): Mesh {
  return {
    readAt: '2026-11-23T19:00:00.000Z',
    kubernetesVersion: 'v1.34.4',
    istioNamespace: 'istio-system',
    mutatingWebhooks: [],
    validatingWebhooks: [],
    namespaces: [],
    services: [],
    endpoints: [],
    configMaps: [],
    workloads: [],
    pods: [],
    nodes: [],
    kubeGateways: [],
    secrets: [],
    disruptionBudgets: [],
    customResourceDefinitions: [],
    unreadable: [],
    ...parts,
  }
}

/** A mesh with istiods of these revisions: Deployment, Service, mesh config and injection values of each. */
export function meshOf(planes: readonly { revision: string; version: string }[], parts: Partial<Mesh> = {}): Mesh {
  return meshWith({
    ...parts,
    workloads: [...planes.map(({ revision, version }) => istiod(revision, version)), ...(parts.workloads ?? [])],
    services: [...planes.map(({ revision }) => istiodService(revision)), ...(parts.services ?? [])],
    configMaps: [...planes.flatMap(({ revision }) => istiodConfig(revision)), ...(parts.configMaps ?? [])],
  })
}

function suffixOf(revision: string): string {
  return revision === 'default' ? '' : `-${revision}`
}

export function istiod(revision: string, version: string): Workload {
  const labels = istiodLabels(revision)
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `istiod${suffixOf(revision)}`, namespace: 'istio-system', labels, uid: `uid-istiod-${revision}` },
    replicas: 2,
    readyReplicas: 2,
    template: {
      metadata: { labels },
      spec: { containers: [{ name: 'discovery', image: `docker.io/istio/pilot:${version}` }] },
    },
  }
}

function istiodService(revision: string): Service {
  const own: Record<string, string> = revision === 'default' ? { istio: 'pilot' } : { 'istio.io/rev': revision }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `istiod${suffixOf(revision)}`, namespace: 'istio-system' },
    spec: { selector: { app: 'istiod', ...own } },
  }
}

function istiodConfig(revision: string, mesh = 'trustDomain: cluster.local\n'): readonly ConfigMap[] {
  const map = (name: string, data: Record<string, string>): ConfigMap => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${name}${suffixOf(revision)}`, namespace: 'istio-system', labels: { 'istio.io/rev': revision } },
    data,
  })
  return [
    map('istio', { mesh }),
    map('istio-sidecar-injector', { values: '{"global":{"hub":"docker.io/istio"}}', config: '' }),
  ]
}

function entry(
  prefix: string,
  service: string,
  namespaceSelector: LabelSelector,
  objectSelector: LabelSelector = {},
): WebhookEntry {
  return {
    name: `${prefix}sidecar-injector.istio.io`,
    clientConfig: { service: { namespace: 'istio-system', name: service, path: '/inject', port: 443 }, caBundle: ROOT },
    namespaceSelector,
    objectSelector,
    failurePolicy: 'Fail',
  }
}

export function injectorObject(
  name: string,
  labels: Record<string, string>,
  webhooks: readonly WebhookEntry[],
): WebhookConfiguration {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingWebhookConfiguration',
    metadata: { name, uid: `uid-${name}`, resourceVersion: '7', labels: { app: 'sidecar-injector', ...labels } },
    webhooks,
  }
}

/** The revision object of 1.7–1.9: one entry without a prefix. */
export function oneEntryInjector(revision: string): WebhookConfiguration {
  const selector: LabelSelector =
    revision === 'default'
      ? { matchLabels: { 'istio-injection': 'enabled' } }
      : { matchExpressions: [isIn('istio.io/rev', revision), absent('istio-injection')] }
  const name = `istio-sidecar-injector${suffixOf(revision)}`
  return injectorObject(name, { 'istio.io/rev': revision }, [entry('', `istiod${suffixOf(revision)}`, selector)])
}

/** The revision object of 1.10 and later; four entries for the default revision, two for others. */
export function revisionInjector(revision: string, service = `istiod${suffixOf(revision)}`): WebhookConfiguration {
  const webhooks = revision === 'default' ? defaultEntries(service) : namedEntries(revision, service)
  return injectorObject(`istio-sidecar-injector${suffixOf(revision)}`, { 'istio.io/rev': revision }, webhooks)
}

export function tagInjector(
  tag: string,
  revision: string,
  service = `istiod${suffixOf(revision)}`,
): WebhookConfiguration {
  const webhooks = tag === 'default' ? defaultEntries(service) : namedEntries(tag, service)
  return injectorObject(`istio-revision-tag-${tag}`, { 'istio.io/rev': revision, 'istio.io/tag': tag }, webhooks)
}

export function defaultEntries(service: string): readonly WebhookEntry[] {
  const unlabelled = { matchExpressions: [absent('istio-injection'), absent('istio.io/rev')] }
  return [
    ...namedEntries('default', service),
    entry('namespace.', service, { matchExpressions: [isIn('istio-injection', 'enabled')] }, notOptedOut()),
    entry('object.', service, unlabelled, {
      matchExpressions: [isIn('sidecar.istio.io/inject', 'true'), absent('istio.io/rev')],
    }),
  ]
}

/** The fifth entry, with enableNamespacesByDefault. */
export function autoEntry(service: string): WebhookEntry {
  const unlabelled = [absent('istio-injection'), absent('istio.io/rev')]
  return entry(
    'auto.',
    service,
    { matchExpressions: unlabelled },
    {
      matchExpressions: [absent('sidecar.istio.io/inject'), absent('istio.io/rev')],
    },
  )
}

export function validatorObject(name: string, labels: Record<string, string>, service: string): WebhookConfiguration {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name, uid: `uid-${name}`, resourceVersion: '9', labels },
    webhooks: [
      {
        name: 'validation.istio.io',
        clientConfig: { service: { namespace: 'istio-system', name: service, path: '/validate' }, caBundle: ROOT },
      },
    ],
  }
}

export function namespace(name: string, labels: Record<string, string> = {}): Namespace {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
  }
}

export function workload(
  namespaceName: string,
  name: string,
  template: { labels?: Record<string, string>; annotations?: Record<string, string> } = {},
): Workload {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: namespaceName },
    replicas: 1,
    readyReplicas: 1,
    template: { metadata: template, spec: { containers: [{ name: 'app', image: 'shop/app:1' }] } },
  }
}

function istiodLabels(revision: string): Record<string, string> {
  return { app: 'istiod', 'istio.io/rev': revision, istio: revision === 'default' ? 'pilot' : 'istiod' }
}

function namedEntries(name: string, service: string): readonly WebhookEntry[] {
  const unlabelled = [absent('istio.io/rev'), absent('istio-injection')]
  return [
    entry(
      'rev.namespace.',
      service,
      { matchExpressions: [isIn('istio.io/rev', name), absent('istio-injection')] },
      notOptedOut(),
    ),
    entry(
      'rev.object.',
      service,
      { matchExpressions: unlabelled },
      {
        matchExpressions: [...notOptedOut().matchExpressions, isIn('istio.io/rev', name)],
      },
    ),
  ]
}

function notOptedOut(): { matchExpressions: { key: string; operator: string; values: string[] }[] } {
  return { matchExpressions: [{ key: 'sidecar.istio.io/inject', operator: 'NotIn', values: ['false'] }] }
}

function isIn(key: string, value: string): { key: string; operator: string; values: string[] } {
  return { key, operator: 'In', values: [value] }
}

function absent(key: string): { key: string; operator: string } {
  return { key, operator: 'DoesNotExist' }
}
