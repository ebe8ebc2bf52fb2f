import type { JsonObject, KubeObject } from './kube-object.ts'
import { isJsonObject, listAt, objectAt } from './kube-object.ts'

/** The object with the fields that the API server itself fills in, for the kinds where Meshferry or a reader may notice. */
export function withDefaults(object: KubeObject): KubeObject {
  const fill = DEFAULTS[object.kind]
  const plain = withoutEmpty(object)
  return fill ? fill(plain) : plain
}

/** Empty maps and lists of the metadata aren't kept. */
function withoutEmpty(object: KubeObject): KubeObject {
  const kept = Object.entries(object.metadata).filter(
    ([, value]) => typeof value !== 'object' || value === null || Object.keys(value as object).length > 0,
  )
  return { ...object, metadata: Object.fromEntries(kept) as typeof object.metadata }
}

const DEFAULTS: Readonly<Record<string, (object: KubeObject) => KubeObject>> = {
  Namespace: (object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      labels: { ...object.metadata.labels, 'kubernetes.io/metadata.name': object.metadata.name },
    },
    spec: { finalizers: ['kubernetes'], ...objectAt(object, 'spec') },
    status: { phase: 'Active' },
  }),
  Pod: (object) => ({
    ...object,
    spec: podSpec(object['spec']),
    status: { phase: 'Pending', ...objectAt(object, 'status') },
  }),
  Service: (object) => ({ ...object, spec: serviceSpec(object) }),
  Deployment: (object) => ({
    ...object,
    spec: { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, ...objectAt(object, 'spec') },
  }),
  StatefulSet: (object) => ({
    ...object,
    spec: { replicas: 1, revisionHistoryLimit: 10, podManagementPolicy: 'OrderedReady', ...objectAt(object, 'spec') },
  }),
  MutatingWebhookConfiguration: (object) => webhookDefaults(object, { reinvocationPolicy: 'Never' }),
  ValidatingWebhookConfiguration: (object) => webhookDefaults(object, {}),
  CustomResourceDefinition: (object) => ({
    ...object,
    status: { conditions: [{ type: 'Established', status: 'True', reason: 'InitialNamesAccepted' }] },
  }),
}

function podSpec(spec: unknown): JsonObject {
  const account = objectAt(spec)['serviceAccountName'] ?? 'default'
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    enableServiceLinks: true,
    ...objectAt(spec),
    serviceAccountName: account,
    serviceAccount: account,
  }
}

function serviceSpec(object: KubeObject): JsonObject {
  const spec = objectAt(object, 'spec')
  const ports = listAt(spec, 'ports').map((port) =>
    isJsonObject(port) ? { protocol: 'TCP', ...port, targetPort: port['targetPort'] || port['port'] } : port,
  )
  const address = spec['type'] === 'ExternalName' ? {} : { clusterIP: addressFor(object) }
  return { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', ...address, ...spec, ports }
}

/** A cluster address that depends only on the name, so that a dry-run and a later write agree. */
function addressFor(object: KubeObject): string {
  let hash = 7
  for (const char of `${object.metadata.namespace}/${object.metadata.name}`) {
    hash = (hash * 31 + char.charCodeAt(0)) % 64_000
  }
  return `10.96.${Math.floor(hash / 250)}.${(hash % 250) + 1}`
}

function webhookDefaults(object: KubeObject, extra: JsonObject): KubeObject {
  const webhooks = listAt(object, 'webhooks').map((entry) => {
    if (!isJsonObject(entry)) return entry
    const rules = listAt(entry, 'rules').map((rule) => (isJsonObject(rule) ? { scope: '*', ...rule } : rule))
    const defaults = { failurePolicy: 'Fail', matchPolicy: 'Equivalent', timeoutSeconds: 10 }
    const selectors = { namespaceSelector: {}, objectSelector: {} }
    return { ...defaults, ...selectors, ...extra, ...entry, rules, clientConfig: clientConfig(entry['clientConfig']) }
  })
  return { ...object, webhooks }
}

function clientConfig(config: unknown): unknown {
  const service = objectAt(config, 'service')
  if (Object.keys(service).length === 0) return config
  return { ...objectAt(config), service: { port: 443, ...service } }
}
