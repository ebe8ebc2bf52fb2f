import type { KubeObject } from './kube-object.ts'
import { listAt, textAt, valueAt } from './kube-object.ts'
import { builtInKinds } from './resource-kinds.ts'
import { StatusError, forbidden } from './status-error.ts'
import type { Store } from './store.ts'

/** A refusal of pods that has nothing to do with injectors, set by a test for one namespace. */
export type PodDenial = { readonly namespace: string } & (
  | { readonly kind: 'exceededQuota'; readonly quota: string }
  /** The quota asks for requests.cpu and a container of the pod (not the sidecar, which has them) names none. */
  | { readonly kind: 'mustSpecify'; readonly quota: string }
  | { readonly kind: 'podSecurity'; readonly level: 'baseline' | 'restricted' }
  | { readonly kind: 'policy'; readonly webhook: string; readonly message: string }
)

const PODS = { group: '', plural: 'pods' }
const ACCOUNT = builtInKinds.find((kind) => kind.kind === 'ServiceAccount')

/** The refusal of the ServiceAccount admission plugin, which runs in every real cluster. */
export function accountDenial(store: Store, pod: KubeObject): StatusError | undefined {
  const namespace = pod.metadata.namespace ?? ''
  const account = textAt(pod, 'spec', 'serviceAccountName') ?? 'default'
  if (!ACCOUNT || store.read(ACCOUNT, namespace, account)) return undefined
  const why = `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`
  return forbidden(PODS, pod.metadata.name, why)
}

/** The first denial that applies, in Kubernetes' words. */
export function injectedDenial(denials: readonly PodDenial[], pod: KubeObject): StatusError | undefined {
  for (const denial of denials.filter((one) => one.namespace === pod.metadata.namespace)) {
    const error = refusalBy(denial, pod)
    if (error) return error
  }
  return undefined
}

function refusalBy(denial: PodDenial, pod: KubeObject): StatusError | undefined {
  const name = pod.metadata.name
  switch (denial.kind) {
    case 'exceededQuota': {
      const cpu = 'requests.cpu=200m, used: requests.cpu=2, limited: requests.cpu=2'
      return forbidden(PODS, name, `exceeded quota: ${denial.quota}, requested: ${cpu}`)
    }
    case 'mustSpecify': {
      const missing = withoutRequests(pod)
      if (missing.length === 0) return undefined
      return forbidden(PODS, name, `failed quota: ${denial.quota}: must specify requests.cpu for: ${missing.join(',')}`)
    }
    case 'podSecurity': {
      const first = textAt(listAt(pod, 'spec', 'containers')[0], 'name') ?? ''
      const why =
        `violates PodSecurity "${denial.level}:latest": allowPrivilegeEscalation != false (container "${first}" must ` +
        `set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "istio-init" must ` +
        `not include "NET_ADMIN", "NET_RAW" in securityContext.capabilities.add)`
      return forbidden(PODS, name, why)
    }
    case 'policy':
      return new StatusError(
        400,
        'BadRequest',
        `admission webhook "${denial.webhook}" denied the request: ${denial.message}`,
      )
  }
}

function withoutRequests(pod: KubeObject): string[] {
  const containers = listAt(pod, 'spec', 'containers')
  const missing = containers.filter((one) => valueAt(one, 'resources', 'requests', 'cpu') === undefined)
  return missing.map((one) => textAt(one, 'name') ?? '')
}
