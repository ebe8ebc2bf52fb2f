import type { KubeObject, Workload } from '../istio/objects.ts'
import type { Templates } from '../ports/cluster.ts'
import type { Kinds } from './kinds.ts'
import type { KubeHttp } from './kube-http.ts'
import { listAll } from './list-pages.ts'
import { isUnserved, newPartReader } from './read-parts.ts'
import { workloadOf } from './reduce.ts'

type Raw = KubeObject & {
  readonly spec?: { readonly replicas?: number }
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] }
}

const KINDS: readonly { readonly part: string; readonly apiVersion: string; readonly kind: string }[] = [
  { part: 'replicasets.apps', apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  { part: 'replicationcontrollers', apiVersion: 'v1', kind: 'ReplicationController' },
  { part: 'jobs.batch', apiVersion: 'batch/v1', kind: 'Job' },
  { part: 'rollouts.argoproj.io', apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' },
]

/** Whose ReplicaSets at zero are its history: it makes no more pods of them unless somebody goes back. */
const KEEPS_HISTORY: readonly string[] = ['Deployment', 'Rollout']

/**
 * Everything besides Deployments, StatefulSets, DaemonSets and CronJobs that may still make a pod: labels of its template, no
 * containers. Of a kind that isn't served there are none; one that can't be read is named.
 */
export async function readTemplates(http: KubeHttp, kinds: Kinds): Promise<Templates> {
  const parts = newPartReader()
  const lists = await Promise.all(
    KINDS.map(({ part, apiVersion, kind }) =>
      parts.read(part, [], async () => listServed(http, () => kinds.listPath(apiVersion, kind))),
    ),
  )
  return { workloads: lists.flat(2), unreadable: parts.unreadable }
}

async function listServed(http: KubeHttp, path: () => Promise<string>): Promise<readonly (readonly Workload[])[]> {
  try {
    // Asked first: whoever may not list a kind hears "forbidden" of one that isn't there, too.
    return await listAll(http, await path(), (object) => (mayMakePods(object) ? [templateOf(object)] : []))
  } catch (error) {
    if (isUnserved(error)) return []
    throw error
  }
}

function templateOf(object: KubeObject): Workload {
  const workload = workloadOf(object, { managedFields: false })
  return { ...workload, template: { ...workload.template, spec: { containers: [] } } }
}

function mayMakePods(object: Raw): boolean {
  if (object.kind === 'Job') return !isOver(object)
  if (object.kind !== 'ReplicaSet' || (object.spec?.replicas ?? 1) > 0) return true
  const owner = object.metadata.ownerReferences?.find(({ controller }) => controller)
  return owner === undefined || !KEEPS_HISTORY.includes(owner.kind)
}

/** A Job that has ended makes no more pods, one that is suspended does. */
function isOver({ status }: Raw): boolean {
  return (status?.conditions ?? []).some(
    ({ type, status: is }) => (type === 'Complete' || type === 'Failed') && is === 'True',
  )
}
