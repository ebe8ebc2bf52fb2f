import type { KubeObject } from './objects.ts'
import type { Labels } from './selectors.ts'

/**
 * What `istioctl uninstall --revision R` removes (operator/pkg/uninstall, the same from 1.7 to 1.31): objects of these kinds with
 * the revision's label, the owner's and one of these components. CRDs, the shared reader account and Secrets stay.
 */
const KINDS: readonly (readonly [apiVersions: readonly string[], kind: string])[] = [
  [['v1'], 'ServiceAccount'],
  [['rbac.authorization.k8s.io/v1'], 'ClusterRole'],
  [['rbac.authorization.k8s.io/v1'], 'ClusterRoleBinding'],
  [['rbac.authorization.k8s.io/v1'], 'Role'],
  [['rbac.authorization.k8s.io/v1'], 'RoleBinding'],
  [['v1'], 'ConfigMap'],
  [['v1'], 'Service'],
  [['apps/v1'], 'Deployment'],
  [['apps/v1'], 'DaemonSet'],
  [['networking.istio.io/v1alpha3'], 'EnvoyFilter'],
  [['autoscaling/v2', 'autoscaling/v2beta2'], 'HorizontalPodAutoscaler'],
  [['policy/v1', 'policy/v1beta1'], 'PodDisruptionBudget'],
  [['admissionregistration.k8s.io/v1'], 'MutatingWebhookConfiguration'],
  [['admissionregistration.k8s.io/v1'], 'ValidatingWebhookConfiguration'],
]

/** In the order in which they are put back (design.md §6.7): rights and config first, what intercepts requests last. */
export const OLD_KINDS: readonly { readonly apiVersions: readonly string[]; readonly kind: string }[] = KINDS.map(
  ([apiVersions, kind]) => ({ apiVersions, kind }),
)

const REVISION = 'istio.io/rev'
const OWNER = 'install.operator.istio.io/owning-resource-namespace'
const COMPONENT = 'operator.istio.io/component'
const COMPONENTS: readonly string[] = ['Cni', 'EgressGateways', 'IngressGateways', 'Pilot', 'Ztunnel']

export function oldSelector(revision: string, istioNamespace: string): string {
  return [`${REVISION}=${revision}`, `${OWNER}=${istioNamespace}`, `${COMPONENT} in (${COMPONENTS.join(',')})`].join(
    ',',
  )
}

/** Whether an object of one of these kinds is removed with a revision, by its labels: the selector above, asked of one object. */
export function goesWith(labels: Labels | undefined, revision: string, istioNamespace: string): boolean {
  if (labels?.[REVISION] !== revision || labels[OWNER] !== istioNamespace) return false
  return COMPONENTS.includes(labels[COMPONENT] ?? '')
}

/** What intercepts requests must not be there before whoever answers them is ready. */
export function isWebhook({ kind }: KubeObject): boolean {
  return kind === 'MutatingWebhookConfiguration' || kind === 'ValidatingWebhookConfiguration'
}

type Loose = KubeObject & {
  readonly spec?: Readonly<Record<string, unknown>>
  readonly status?: unknown
  readonly secrets?: unknown
}

/**
 * The object without what only the API server may say, so that it can be applied to a cluster in which it is gone. A Service gets
 * another cluster address then: proxies reach istiod by its name.
 */
export function restorable(object: KubeObject): KubeObject {
  const { status: _status, secrets: _secrets, ...rest } = object as Loose
  const { name, namespace, labels, annotations } = object.metadata
  const metadata = {
    name,
    ...(namespace ? { namespace } : {}),
    ...(labels ? { labels } : {}),
    ...(annotations ? { annotations } : {}),
  }
  if (object.kind !== 'Service' || !rest.spec) return { ...rest, metadata }
  const { clusterIP: _ip, clusterIPs: _ips, ...spec } = rest.spec
  return { ...rest, metadata, spec } as KubeObject
}
