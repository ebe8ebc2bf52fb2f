import type { Mesh } from '../istio/mesh.ts'
import type { KubeGateway, KubeObject, Node } from '../istio/objects.ts'
import type { KubeHttp } from './kube-http.ts'
import { listAll } from './list-pages.ts'
import type { InjectionPart } from './read-injection.ts'
import { firstServed, isUnserved, type PartReader } from './read-parts.ts'
import { secretMetaOf, slimObject, slimPod, workloadOf } from './reduce.ts'

export type TenantPart = Omit<Mesh, keyof InjectionPart | 'readAt' | 'istioNamespace' | 'unreadable'>

export type TenantName = keyof TenantPart

/** One reading for each part of the tenants' side, and of what else no injector leads to. */
type TenantReads = { readonly [N in TenantName]: () => Promise<TenantPart[N]> }

export const NOTHING_READ: TenantPart = {
  kubernetesVersion: '',
  workloads: [],
  pods: [],
  nodes: [],
  kubeGateways: [],
  secrets: [],
  disruptionBudgets: [],
  customResourceDefinitions: [],
}

export const TENANT_NAMES = Object.keys(NOTHING_READ) as readonly TenantName[]

/**
 * The parts that are `wanted`, all at once; the others, and those that can't be read, as they were `before`: an old answer is
 * still the best there is, and `parts` says that it is none.
 */
export async function readTenantPart(
  http: KubeHttp,
  istioNamespace: string,
  parts: PartReader,
  wanted: readonly TenantName[],
  before: TenantPart,
): Promise<TenantPart> {
  const reads = tenantReads(http, istioNamespace)
  const one = <N extends TenantName>(name: N): Promise<TenantPart[N]> =>
    wanted.includes(name) ? parts.read(name, before[name], reads[name]) : Promise.resolve(before[name])
  const [kubernetesVersion, workloads, pods, nodes, kubeGateways, secrets, disruptionBudgets, definitions] =
    await Promise.all([
      one('kubernetesVersion'),
      one('workloads'),
      one('pods'),
      one('nodes'),
      one('kubeGateways'),
      one('secrets'),
      one('disruptionBudgets'),
      one('customResourceDefinitions'),
    ])
  return {
    kubernetesVersion,
    workloads,
    pods,
    nodes,
    kubeGateways,
    secrets,
    disruptionBudgets,
    customResourceDefinitions: definitions,
  }
}

function tenantReads(http: KubeHttp, istioNamespace: string): TenantReads {
  return {
    kubernetesVersion: () => readVersion(http),
    workloads: () => readWorkloads(http, istioNamespace),
    pods: () => listAll(http, '/api/v1/pods', slimPod),
    nodes: () => listAll(http, '/api/v1/nodes', nodeOf),
    kubeGateways: () => readKubeGateways(http),
    secrets: () => readSecrets(http, istioNamespace),
    disruptionBudgets: () => readBudgets(http, istioNamespace),
    customResourceDefinitions: () => readDefinitions(http),
  }
}

async function readVersion(http: KubeHttp): Promise<string> {
  const answer = (await http.json({ method: 'GET', path: '/version' })) as { gitVersion?: string }
  return answer.gitVersion ?? ''
}

/** Deployments, StatefulSets, DaemonSets and CronJobs of all namespaces; managedFields only of the Istio namespace's. */
export async function readWorkloads(http: KubeHttp, istioNamespace: string): Promise<Mesh['workloads']> {
  const keep = (one: KubeObject) => workloadOf(one, { managedFields: one.metadata.namespace === istioNamespace })
  const list = (path: string) => () => listAll(http, path, keep)
  const lists = await Promise.all([
    firstServed([list('/apis/apps/v1/deployments')]),
    firstServed([list('/apis/apps/v1/statefulsets')]),
    firstServed([list('/apis/apps/v1/daemonsets')]),
    firstServed([list('/apis/batch/v1/cronjobs'), list('/apis/batch/v1beta1/cronjobs')]),
  ])
  return lists.flatMap((one) => one ?? [])
}

function nodeOf(object: KubeObject): Node {
  const version = (object as Node).status?.nodeInfo?.kubeletVersion
  const { apiVersion, kind, metadata } = slimObject(object)
  return { apiVersion, kind, metadata, ...(version ? { status: { nodeInfo: { kubeletVersion: version } } } : {}) }
}

async function readKubeGateways(http: KubeHttp): Promise<readonly KubeGateway[]> {
  const list = (version: string) => () =>
    listAll(http, `/apis/gateway.networking.k8s.io/${version}/gateways`, (one) => slimObject(one as KubeGateway))
  return (await firstServed([list('v1'), list('v1beta1'), list('v1alpha2')])) ?? []
}

/** By metadata alone: what a Secret holds never comes over the wire. */
async function readSecrets(http: KubeHttp, istioNamespace: string): Promise<Mesh['secrets']> {
  return listAll(http, `/api/v1/namespaces/${istioNamespace}/secrets`, secretMetaOf, { metadataOnly: true })
}

async function readBudgets(http: KubeHttp, istioNamespace: string): Promise<Mesh['disruptionBudgets']> {
  const list = (version: string) => () =>
    listAll(http, `/apis/policy/${version}/namespaces/${istioNamespace}/poddisruptionbudgets`, (one) => {
      const { spec } = one as KubeObject & { spec?: { selector?: { matchLabels?: Record<string, string> } } }
      return { name: one.metadata.name, matchLabels: spec?.selector?.matchLabels ?? {} }
    })
  return (await firstServed([list('v1'), list('v1beta1')])) ?? []
}

/** Of Gateway API, and of those who own an Istio: what the rules of owners and gateways look for. */
const GROUPS_THAT_MATTER =
  /\.(gateway\.networking\.k8s\.io|sailoperator\.io|operator\.istio\.io|install\.istio\.io|mesh\.cloud\.google\.com)$/

async function readDefinitions(http: KubeHttp): Promise<readonly string[]> {
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'
  try {
    const names = await listAll(http, path, (one) => one.metadata.name, { metadataOnly: true })
    return names.filter((name) => GROUPS_THAT_MATTER.test(name))
  } catch (error) {
    if (isUnserved(error)) return []
    throw error
  }
}
