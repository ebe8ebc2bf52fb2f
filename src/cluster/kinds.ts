import { CodedError } from '../kernel/errors.ts'
import type { ObjectRef } from '../ports/cluster.ts'
import type { KubeHttp } from './kube-http.ts'

/** Where the API server keeps one kind. */
type KindPath = { readonly plural: string; readonly namespaced: boolean }

const namespaced = (plural: string): KindPath => ({ plural, namespaced: true })
const clusterWide = (plural: string): KindPath => ({ plural, namespaced: false })

/** The kinds that Meshferry works with; everything else is asked of the API server's discovery. */
const KNOWN: Readonly<Record<string, KindPath>> = {
  'v1 Namespace': clusterWide('namespaces'),
  'v1 Node': clusterWide('nodes'),
  'v1 Pod': namespaced('pods'),
  'v1 Service': namespaced('services'),
  'v1 Endpoints': namespaced('endpoints'),
  'v1 ConfigMap': namespaced('configmaps'),
  'v1 Secret': namespaced('secrets'),
  'v1 ServiceAccount': namespaced('serviceaccounts'),
  'v1 Event': namespaced('events'),
  'apps/v1 Deployment': namespaced('deployments'),
  'apps/v1 StatefulSet': namespaced('statefulsets'),
  'apps/v1 DaemonSet': namespaced('daemonsets'),
  'apps/v1 ReplicaSet': namespaced('replicasets'),
  'batch/v1 Job': namespaced('jobs'),
  'policy/v1 PodDisruptionBudget': namespaced('poddisruptionbudgets'),
  'autoscaling/v2 HorizontalPodAutoscaler': namespaced('horizontalpodautoscalers'),
  'coordination.k8s.io/v1 Lease': namespaced('leases'),
  'rbac.authorization.k8s.io/v1 Role': namespaced('roles'),
  'rbac.authorization.k8s.io/v1 RoleBinding': namespaced('rolebindings'),
  'rbac.authorization.k8s.io/v1 ClusterRole': clusterWide('clusterroles'),
  'rbac.authorization.k8s.io/v1 ClusterRoleBinding': clusterWide('clusterrolebindings'),
  'admissionregistration.k8s.io/v1 MutatingWebhookConfiguration': clusterWide('mutatingwebhookconfigurations'),
  'admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration': clusterWide('validatingwebhookconfigurations'),
  'apiextensions.k8s.io/v1 CustomResourceDefinition': clusterWide('customresourcedefinitions'),
}

export type Kinds = {
  /** Path of all objects of a kind, in one namespace or in all. Throws CLUSTER_KIND_UNSERVED {apiVersion, kind}. */
  readonly listPath: (apiVersion: string, kind: string, namespace?: string) => Promise<string>
  readonly objectPath: (ref: ObjectRef) => Promise<string>
}

/** Kinds found by discovery are remembered; kinds that aren't served are asked again each time: CRDs come and go. */
export function newKinds(http: KubeHttp): Kinds {
  const found = new Map<string, KindPath>()
  const pathOf = async (apiVersion: string, kind: string): Promise<KindPath> => {
    const key = `${apiVersion} ${kind}`
    const known = KNOWN[key] ?? found.get(key)
    if (known) return known
    const discovered = await discover(http, apiVersion, kind)
    found.set(key, discovered)
    return discovered
  }
  const listPath: Kinds['listPath'] = async (apiVersion, kind, namespace) => {
    const { plural, namespaced: scoped } = await pathOf(apiVersion, kind)
    const within = scoped && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
    return `${rootOf(apiVersion)}${within}/${plural}`
  }
  return {
    listPath,
    async objectPath(ref) {
      return `${await listPath(ref.apiVersion, ref.kind, ref.namespace)}/${encodeURIComponent(ref.name)}`
    },
  }
}

/** `/api/v1` for the core group, `/apis/GROUP/VERSION` for every other. */
function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
}

async function discover(http: KubeHttp, apiVersion: string, kind: string): Promise<KindPath> {
  const unserved = new CodedError('CLUSTER_KIND_UNSERVED', { apiVersion, kind })
  const answer = await http.json({ method: 'GET', path: rootOf(apiVersion) }).catch((error: unknown) => {
    throw error instanceof CodedError && error.code === 'CLUSTER_NOT_FOUND' ? unserved : error
  })
  const { resources = [] } = answer as { resources?: readonly { kind: string; name: string; namespaced: boolean }[] }
  const match = resources.find((one) => one.kind === kind && !one.name.includes('/'))
  if (!match) throw unserved
  return { plural: match.name, namespaced: match.namespaced }
}
