import type { KubeObject } from './kube-api.ts'
import type { Mesh } from './mesh.ts'
import type { Pod } from './pod-types.ts'
import type { ProbeClass } from './probe-loop.ts'
import { sidecarOf } from './sidecar.ts'

type Labels = Readonly<Record<string, string>>
type Kind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob'

/** A workload of a tenant: its kind, replicas, and what its pods carry. */
type Workload = {
  readonly name: string
  readonly kind: Kind
  readonly replicas?: number
  readonly labels?: Labels
  readonly annotations?: Labels
  readonly injected: boolean
}

export type Tenant = { readonly namespace: string; readonly labels: Labels; readonly workloads: readonly Workload[] }

const ORDINARY: Labels = { 'sidecar.istio.io/nativeSidecar': 'false' }

/**
 * Twelve workloads of seven teams over all the ways to ask for a sidecar, or not to. `revision` is the explicit one,
 * `OLD` at the start of a run; native and ordinary sidecars are mixed by annotation.
 */
export function tenants(revision: string): readonly Tenant[] {
  return [
    {
      namespace: 'payments',
      labels: { 'istio-injection': 'enabled', team: 'payments' },
      workloads: [
        { name: 'api', kind: 'Deployment', replicas: 3, injected: true },
        { name: 'ledger', kind: 'StatefulSet', replicas: 2, injected: true, annotations: ORDINARY },
        { name: 'settle', kind: 'CronJob', injected: true },
      ],
    },
    {
      namespace: 'catalog',
      labels: { 'istio.io/rev': 'default', team: 'catalog' },
      workloads: [
        { name: 'search', kind: 'Deployment', replicas: 2, injected: true },
        { name: 'indexer', kind: 'StatefulSet', replicas: 1, injected: true },
      ],
    },
    {
      namespace: 'orders',
      labels: { 'istio.io/rev': 'prod-stable', team: 'orders' },
      workloads: [
        { name: 'web', kind: 'Deployment', replicas: 2, injected: true },
        { name: 'agent', kind: 'DaemonSet', injected: true, annotations: ORDINARY },
      ],
    },
    {
      namespace: 'pinned',
      labels: { 'istio.io/rev': revision, team: 'pinned' },
      workloads: [{ name: 'legacy', kind: 'Deployment', replicas: 1, injected: true }],
    },
    {
      namespace: 'opted-in-pods',
      labels: { team: 'platform' },
      workloads: [
        {
          name: 'edge',
          kind: 'Deployment',
          replicas: 1,
          injected: true,
          labels: { 'sidecar.istio.io/inject': 'true' },
        },
        { name: 'pinned-pod', kind: 'Deployment', replicas: 1, injected: true, labels: { 'istio.io/rev': revision } },
      ],
    },
    {
      namespace: 'opted-out-pods',
      labels: { 'istio-injection': 'enabled', team: 'batch' },
      workloads: [
        {
          name: 'raw',
          kind: 'Deployment',
          replicas: 1,
          injected: false,
          labels: { 'sidecar.istio.io/inject': 'false' },
        },
      ],
    },
    {
      namespace: 'outside',
      labels: { team: 'outside' },
      workloads: [{ name: 'database', kind: 'StatefulSet', replicas: 1, injected: false }],
    },
  ]
}

/** Makes all tenants and waits until their pods run; says how many pods there are. */
export async function deployTenants(mesh: Mesh, all: readonly Tenant[]): Promise<number> {
  for (const { namespace, labels } of all) await mesh.makeNamespace(namespace, labels)
  const objects = all.flatMap(({ namespace, workloads }) => workloads.map((one) => workloadObject(namespace, one)))
  await Promise.all(objects.map((object) => mesh.apply(object, 'tenant')))
  return mesh.waitFor('all tenant pods to run', () => runningPods(mesh, all), 60_000)
}

/** A class for each workload: its namespace and what its pods carry, as probes for the probe loop. */
export function probeClasses(all: readonly Tenant[]): readonly ProbeClass[] {
  return all.flatMap(({ namespace, workloads }) =>
    workloads
      .filter(({ kind }) => kind !== 'CronJob')
      .map(({ name, labels = {}, annotations = {}, injected }) => ({
        name: `${namespace}/${name}`,
        namespace,
        shape: { labels, annotations },
        injected,
      })),
  )
}

/** Label selector of the tenants' namespaces, for `mesh.uids`. */
export const TENANTS_SELECTOR = 'team'

/** `namespace/pod` → revision of the sidecar that it runs, `none` without. */
export async function sidecarsOf(mesh: Mesh, namespace?: string): Promise<Readonly<Record<string, string>>> {
  const pods = await mesh.objects<Pod>('pods', namespace)
  return Object.fromEntries(
    pods.map((pod) => [`${pod.metadata.namespace ?? ''}/${pod.metadata.name}`, sidecarOf(pod)?.revision ?? 'none']),
  )
}

async function runningPods(mesh: Mesh, all: readonly Tenant[]): Promise<number | null> {
  const names = new Set(all.map(({ namespace }) => namespace))
  const pods = (await mesh.objects<Pod>('pods')).filter(({ metadata }) => names.has(metadata.namespace ?? ''))
  const perNode = (await mesh.objects('nodes')).length
  const wanted = all.flatMap(({ workloads }) => workloads).reduce((sum, one) => sum + podsOf(one, perNode), 0)
  const running = pods.filter(({ status }) => status?.phase === 'Running').length
  return running >= wanted ? running : null
}

function podsOf({ kind, replicas = 0 }: Workload, nodes: number): number {
  return kind === 'DaemonSet' ? nodes : replicas
}

function workloadObject(namespace: string, workload: Workload): KubeObject {
  const { name, kind, replicas = 1, labels = {}, annotations = {} } = workload
  const containers = [{ name: 'app', image: 'registry.example.com/app:1' }]
  const template = { metadata: { labels: { app: name, ...labels }, annotations }, spec: { containers } }
  const selector = { matchLabels: { app: name } }
  const metadata = { name, namespace }
  if (kind === 'CronJob') {
    const job = { spec: { template: { ...template, spec: { containers, restartPolicy: 'Never' } } } }
    // Not in the middle of a journey: its pod would take the new sidecar, and a rollback must then keep the new revision.
    return { apiVersion: 'batch/v1', kind, metadata, spec: { schedule: '0 0 1 1 *', jobTemplate: job } }
  }
  if (kind === 'DaemonSet') return { apiVersion: 'apps/v1', kind, metadata, spec: { selector, template } }
  const service = kind === 'StatefulSet' ? { serviceName: name } : {}
  return { apiVersion: 'apps/v1', kind, metadata, spec: { replicas, selector, template, ...service } }
}
