import type {
  Container,
  KubeObject,
  ObjectMeta,
  Pod,
  PodSpec,
  PodTemplate,
  SecretMeta,
  Workload,
} from '../istio/objects.ts'

type Raw = KubeObject & {
  readonly spec?: Readonly<Record<string, unknown>>
  readonly status?: Readonly<Record<string, unknown>>
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** Metadata without the parts that are large and that no rule reads. */
function slimMeta(meta: ObjectMeta): ObjectMeta {
  const { managedFields: _managedFields, annotations, ...rest } = meta
  if (!annotations) return rest
  const { [LAST_APPLIED]: _lastApplied, ...kept } = annotations
  return { ...rest, annotations: kept }
}

/** The same, but with who wrote it: a change is told with its writer, and one of our own is told from others by it. */
export function ownedObject<T extends KubeObject>(object: T): T {
  const { managedFields } = object.metadata
  const slim = slimObject(object)
  return managedFields ? { ...slim, metadata: { ...slim.metadata, managedFields } } : slim
}

export function slimObject<T extends KubeObject>(object: T): T {
  return { ...object, metadata: slimMeta(object.metadata) }
}

/**
 * A pod for the census rules: metadata, container names and images. The sidecar keeps its env and args, which say which
 * istiod it is told to talk to; a tenant's own env is never kept.
 */
export function slimPod(object: KubeObject): Pod {
  const { spec, status } = object as Pod
  const phase = status?.phase
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: slimMeta(object.metadata),
    ...(spec ? { spec: slimPodSpec(spec) } : {}),
    ...(phase ? { status: { phase } } : {}),
  }
}

function slimPodSpec(spec: PodSpec): PodSpec {
  return {
    containers: (spec.containers ?? []).map(slimContainer),
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(slimContainer) } : {}),
    ...(spec.hostNetwork ? { hostNetwork: true } : {}),
    ...(spec.serviceAccountName ? { serviceAccountName: spec.serviceAccountName } : {}),
    ...(spec.nodeName ? { nodeName: spec.nodeName } : {}),
  }
}

function slimContainer(container: Container): Container {
  const { name, image, restartPolicy, args, env } = container
  const sidecar = name === 'istio-proxy'
  return {
    name,
    ...(image ? { image } : {}),
    ...(restartPolicy ? { restartPolicy } : {}),
    ...(sidecar && args ? { args } : {}),
    ...(sidecar && env ? { env } : {}),
  }
}

/**
 * A Deployment, StatefulSet, DaemonSet or CronJob with its pod template whole: a dry-run pod is made from it, and must
 * pass the same policies as the real ones. managedFields only where `owned` asks: they tell who writes the object.
 */
export function workloadOf(object: KubeObject, options: { readonly managedFields: boolean }): Workload {
  const { spec = {}, status = {}, ...rest } = object as Raw
  const metadata = options.managedFields ? object.metadata : slimMeta(object.metadata)
  const strategy = spec['updateStrategy'] as Strategy | undefined
  const partition = numberOf(strategy?.rollingUpdate?.partition)
  return {
    ...rest,
    metadata,
    template: templateOf(spec),
    ...replicasOf(object.kind, spec, status),
    ...(spec['paused'] === true ? { paused: true } : {}),
    ...(strategy?.type === 'OnDelete' ? { onDelete: true } : {}),
    ...(partition > 0 ? { partition } : {}),
  }
}

type Strategy = { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } }

function templateOf(spec: Readonly<Record<string, unknown>>): PodTemplate {
  const job = spec['jobTemplate'] as { spec?: { template?: PodTemplate } } | undefined
  const template = (spec['template'] as PodTemplate | undefined) ?? job?.spec?.template
  return { ...template, spec: template?.spec ?? { containers: [] } }
}

function replicasOf(
  kind: string,
  spec: Readonly<Record<string, unknown>>,
  status: Readonly<Record<string, unknown>>,
): { replicas: number; readyReplicas: number } {
  if (kind === 'DaemonSet') {
    return { replicas: numberOf(status['desiredNumberScheduled']), readyReplicas: numberOf(status['numberReady']) }
  }
  if (kind === 'CronJob') return { replicas: 0, readyReplicas: 0 }
  // The API server fills in 1 where a Deployment or StatefulSet names no number.
  return { replicas: numberOf(spec['replicas'] ?? 1), readyReplicas: numberOf(status['readyReplicas']) }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

/**
 * A Secret's type is not in its metadata. Helm's release Secrets and Istio's remote-cluster Secrets are known by what
 * their makers put on every one: name prefix or owner=helm, and label istio/multiCluster.
 */
export function secretMetaOf(object: KubeObject): SecretMeta {
  const metadata = slimMeta(object.metadata)
  const isHelm = metadata.name.startsWith('sh.helm.release.v1.') || metadata.labels?.['owner'] === 'helm'
  return isHelm ? { metadata, type: 'helm.sh/release.v1' } : { metadata }
}
