import { setTimeout as sleep } from 'node:timers/promises'
import type { ControlPlane } from './control-plane.ts'
import { APPLY_PATCH, connect } from './kube-api.ts'
import type { Answer, KubeApi, KubeObject } from './kube-api.ts'
import type { Pod } from './pod-types.ts'

/** Reading and changing objects of a mesh, in the words of the tests. */
export type MeshObjects = {
  readonly api: KubeApi
  /** Objects of a kind by its plural (`pods`, `mutatingwebhookconfigurations`), of one namespace or all. */
  readonly objects: <T extends KubeObject = KubeObject>(plural: string, namespace?: string) => Promise<readonly T[]>
  readonly object: <T extends KubeObject = KubeObject>(
    plural: string,
    name: string,
    namespace?: string,
  ) => Promise<T | null>
  readonly makeNamespace: (name: string, labels?: Readonly<Record<string, string>>) => Promise<void>
  /** Server-side apply as `manager`; conflicts are forced, as GitOps tools do. */
  readonly apply: (object: KubeObject, manager?: string) => Promise<KubeObject>
  readonly deleteService: (namespace: string, name: string) => Promise<void>
  /** A foreign writer: writes a saved object's content back over what is there now. True when that changed something. */
  readonly putBack: (saved: KubeObject, manager?: string) => Promise<boolean>
  /** Goes on putting it back until the returned function is called; that says how often it wrote. */
  readonly keepPuttingBack: (saved: KubeObject, everyMs?: number, manager?: string) => () => Promise<number>
  readonly applyQuota: (namespace: string, hard: Readonly<Record<string, string>>) => Promise<void>
  /** What the API server answers to a pod creation that it doesn't save. */
  readonly dryRunPod: (namespace: string, shape?: PodShape, apiServer?: number) => Promise<Answer>
  /**
   * `namespace/name` → uid of the pods of namespaces with these labels (all namespaces without a selector). Pods of Jobs
   * are left out: they come and go by themselves.
   */
  readonly uids: (namespaceSelector?: string) => Promise<Readonly<Record<string, string>>>
  /** Waits until `check` gives something other than null or false; throws with `what` after `withinMs`. */
  readonly waitFor: <T>(what: string, check: () => Promise<T | null | false>, withinMs?: number) => Promise<T>
}

export type PodShape = {
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly spec?: object
}

/** Where each plural lives; namespaced ones have their namespace put in. */
const GROUPS: Readonly<Record<string, string>> = {
  mutatingwebhookconfigurations: '/apis/admissionregistration.k8s.io/v1',
  validatingwebhookconfigurations: '/apis/admissionregistration.k8s.io/v1',
  deployments: '/apis/apps/v1',
  statefulsets: '/apis/apps/v1',
  daemonsets: '/apis/apps/v1',
  replicasets: '/apis/apps/v1',
  cronjobs: '/apis/batch/v1',
  jobs: '/apis/batch/v1',
  endpointslices: '/apis/discovery.k8s.io/v1',
  leases: '/apis/coordination.k8s.io/v1',
  poddisruptionbudgets: '/apis/policy/v1',
  horizontalpodautoscalers: '/apis/autoscaling/v2',
  roles: '/apis/rbac.authorization.k8s.io/v1',
  rolebindings: '/apis/rbac.authorization.k8s.io/v1',
  clusterroles: '/apis/rbac.authorization.k8s.io/v1',
  clusterrolebindings: '/apis/rbac.authorization.k8s.io/v1',
  customresourcedefinitions: '/apis/apiextensions.k8s.io/v1',
  validatingadmissionpolicies: '/apis/admissionregistration.k8s.io/v1',
}

export function pathOfKind(plural: string, namespace?: string): string {
  const group = GROUPS[plural] ?? '/api/v1'
  return namespace === undefined ? `${group}/${plural}` : `${group}/namespaces/${namespace}/${plural}`
}

export function meshObjects(plane: ControlPlane): MeshObjects {
  const { api } = plane
  const each = plane.servers.map((server) => connect([server], plane.pki.caPem, plane.adminToken))
  return {
    api,
    ...readers(api),
    ...writers(api),
    dryRunPod: (namespace, shape, server) =>
      (server === undefined ? api : (each[server] ?? api)).ask(
        'POST',
        `${pathOfKind('pods', namespace)}?dryRun=All`,
        podOf(shape),
      ),
    waitFor,
  }
}

function readers(api: KubeApi) {
  return {
    objects: <T extends KubeObject>(plural: string, namespace?: string) => api.list<T>(pathOfKind(plural, namespace)),
    object: async <T extends KubeObject>(plural: string, name: string, namespace?: string) => {
      const answer = await api.ask('GET', `${pathOfKind(plural, namespace)}/${name}`)
      return answer.status === 200 ? (answer.body as T) : null
    },
    uids: async (namespaceSelector?: string) => {
      const query = namespaceSelector === undefined ? '' : `?labelSelector=${encodeURIComponent(namespaceSelector)}`
      const names = new Set((await api.list(`/api/v1/namespaces${query}`)).map(({ metadata }) => metadata.name))
      const ofJob = ({ metadata }: Pod) => metadata.ownerReferences?.some(({ kind }) => kind === 'Job') ?? false
      const all = await api.list<Pod>('/api/v1/pods')
      const pods = all.filter((pod) => names.has(pod.metadata.namespace ?? '') && !ofJob(pod))
      return Object.fromEntries(pods.map(({ metadata: m }) => [`${m.namespace ?? ''}/${m.name}`, m.uid ?? '']))
    },
  }
}

function writers(api: KubeApi) {
  const pathOf = (object: KubeObject) => {
    const plural = `${(object.kind ?? '').toLowerCase()}s`.replace(/(?<![aeiou])ys$/, 'ies')
    const { namespace, name } = object.metadata
    return `${groupPath(object)}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${plural}/${name}`
  }
  const putBack = async (saved: KubeObject, manager = 'argocd-controller') => {
    const path = pathOf(saved)
    const current = await api.ask('GET', path)
    const version = (current.body as KubeObject).metadata.resourceVersion ?? ''
    const { managedFields: _dropped, ...metadata } = saved.metadata
    const body = { ...saved, metadata: { ...metadata, resourceVersion: version } }
    const written = await api.need('PUT', `${path}?fieldManager=${manager}`, body)
    return written.metadata.resourceVersion !== version
  }
  return {
    putBack,
    keepPuttingBack: (saved: KubeObject, everyMs = 500, manager?: string) =>
      repeat(() => putBack(saved, manager), everyMs),
    apply: (object: KubeObject, manager = 'test') =>
      api.need('PATCH', `${pathOf(object)}?fieldManager=${manager}&force=true`, object, APPLY_PATCH),
    makeNamespace: async (name: string, labels: Readonly<Record<string, string>> = {}) => {
      await api.need('POST', '/api/v1/namespaces', { metadata: { name, labels } })
    },
    deleteService: async (namespace: string, name: string) => {
      await api.need('DELETE', `${pathOfKind('services', namespace)}/${name}`)
    },
    applyQuota: async (namespace: string, hard: Readonly<Record<string, string>>) => {
      await api.need('POST', pathOfKind('resourcequotas', namespace), { metadata: { name: 'quota' }, spec: { hard } })
    },
  }
}

function groupPath(object: KubeObject): string {
  const version = object.apiVersion ?? 'v1'
  return version.includes('/') ? `/apis/${version}` : `/api/${version}`
}

function repeat(act: () => Promise<boolean>, everyMs: number): () => Promise<number> {
  const ending = new AbortController()
  let writes = 0
  const loop = (async () => {
    while (!ending.signal.aborted) {
      if (await act().catch(() => false)) writes += 1
      await sleep(everyMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })()
  return async () => {
    ending.abort()
    await loop
    return writes
  }
}

function podOf({ labels = {}, annotations = {}, spec = {} }: PodShape = {}): object {
  const containers = [{ name: 'app', image: 'registry.example.com/app:1' }]
  const metadata = { generateName: 'probe-', labels: { app: 'probe', ...labels }, annotations }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers, ...spec } }
}

async function waitFor<T>(what: string, check: () => Promise<T | null | false>, withinMs = 30_000): Promise<T> {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline) {
    const found = await check()
    if (found !== null && found !== false) return found
    await sleep(100)
  }
  throw new Error(`waited ${withinMs / 1000} s in vain for: ${what}`)
}
