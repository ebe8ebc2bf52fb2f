import type { KubeObject } from './kube-object.ts'
import { isJsonObject, listAt, textAt } from './kube-object.ts'

/** One served resource: what discovery lists and what the verbs need to know about a kind. */
export type ResourceKind = {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly namespaced: boolean
  /** Has a status subresource, so that writes to the main resource leave status alone. */
  readonly status: boolean
  /** metadata.generation counts changes outside metadata and status. */
  readonly generation: boolean
  /** A PUT without resourceVersion is refused (the API's AllowUnconditionalUpdate is false). */
  readonly needsVersion: boolean
  /** A PUT of a missing object creates it (the API's AllowCreateOnUpdate). */
  readonly createOnUpdate: boolean
  /** Answers POST with a computed object and stores nothing. */
  readonly virtual: boolean
}

type Flag = 'cluster' | 'status' | 'generation' | 'needsVersion' | 'createOnUpdate' | 'virtual'

/** `group/version plural Kind flags`, the core group as `v1`. Flags as in the registry strategies of Kubernetes 1.34. */
const BUILT_IN = `
v1 namespaces Namespace cluster status
v1 pods Pod status
v1 services Service status
v1 endpoints Endpoints
v1 configmaps ConfigMap
v1 secrets Secret
v1 nodes Node cluster status
v1 events Event createOnUpdate
v1 serviceaccounts ServiceAccount
v1 resourcequotas ResourceQuota status
v1 limitranges LimitRange
v1 persistentvolumeclaims PersistentVolumeClaim status
v1 replicationcontrollers ReplicationController status generation
apps/v1 deployments Deployment status generation
apps/v1 statefulsets StatefulSet status generation
apps/v1 daemonsets DaemonSet status generation
apps/v1 replicasets ReplicaSet status generation
apps/v1 controllerrevisions ControllerRevision
batch/v1 jobs Job status generation
batch/v1 cronjobs CronJob status generation
admissionregistration.k8s.io/v1 mutatingwebhookconfigurations MutatingWebhookConfiguration cluster generation needsVersion
admissionregistration.k8s.io/v1 validatingwebhookconfigurations ValidatingWebhookConfiguration cluster generation needsVersion
admissionregistration.k8s.io/v1 validatingadmissionpolicies ValidatingAdmissionPolicy cluster status generation needsVersion
admissionregistration.k8s.io/v1 validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding cluster generation needsVersion
discovery.k8s.io/v1 endpointslices EndpointSlice generation
coordination.k8s.io/v1 leases Lease needsVersion createOnUpdate
policy/v1 poddisruptionbudgets PodDisruptionBudget status generation needsVersion
autoscaling/v2 horizontalpodautoscalers HorizontalPodAutoscaler status
networking.k8s.io/v1 networkpolicies NetworkPolicy generation
networking.k8s.io/v1 ingresses Ingress status generation
rbac.authorization.k8s.io/v1 roles Role
rbac.authorization.k8s.io/v1 rolebindings RoleBinding
rbac.authorization.k8s.io/v1 clusterroles ClusterRole cluster
rbac.authorization.k8s.io/v1 clusterrolebindings ClusterRoleBinding cluster
apiextensions.k8s.io/v1 customresourcedefinitions CustomResourceDefinition cluster status generation needsVersion
authorization.k8s.io/v1 selfsubjectaccessreviews SelfSubjectAccessReview cluster virtual
authorization.k8s.io/v1 selfsubjectrulesreviews SelfSubjectRulesReview cluster virtual
authentication.k8s.io/v1 selfsubjectreviews SelfSubjectReview cluster virtual
`

export const builtInKinds: readonly ResourceKind[] = BUILT_IN.trim()
  .split('\n')
  .map((line) => {
    const [groupVersion = '', plural = '', kind = '', ...flags] = line.split(' ')
    return kindFrom(groupVersion, plural, kind, flags as Flag[])
  })

/** The kinds that a CustomResourceDefinition serves: one per served version. */
export function kindsOfDefinition(definition: KubeObject): ResourceKind[] {
  const spec = definition['spec']
  const group = textAt(spec, 'group') ?? ''
  const flags: Flag[] = textAt(spec, 'scope') === 'Cluster' ? ['cluster', 'generation'] : ['generation']
  const versions = listAt(spec, 'versions').filter((version) => isJsonObject(version) && version['served'] !== false)
  return versions.map((version) => {
    const status: Flag[] = isJsonObject(version) && isJsonObject(version['subresources']) ? ['status'] : []
    const groupVersion = `${group}/${textAt(version, 'name') ?? 'v1'}`
    const names = { plural: textAt(spec, 'names', 'plural') ?? '', kind: textAt(spec, 'names', 'kind') ?? '' }
    return kindFrom(groupVersion, names.plural, names.kind, [...flags, ...status])
  })
}

export function apiVersionOf(kind: ResourceKind): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`
}

/** `deployments.apps`, or `pods` for the core group: how Kubernetes' messages name a resource. */
export function qualifiedName(kind: Pick<ResourceKind, 'group' | 'plural'>): string {
  return kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`
}

function kindFrom(groupVersion: string, plural: string, kind: string, flags: readonly Flag[]): ResourceKind {
  const slash = groupVersion.indexOf('/')
  const has = (flag: Flag): boolean => flags.includes(flag)
  return {
    group: slash < 0 ? '' : groupVersion.slice(0, slash),
    version: groupVersion.slice(slash + 1),
    plural,
    singular: kind.toLowerCase(),
    kind,
    namespaced: !has('cluster'),
    status: has('status'),
    generation: has('generation'),
    needsVersion: has('needsVersion'),
    createOnUpdate: has('createOnUpdate'),
    virtual: has('virtual'),
  }
}
