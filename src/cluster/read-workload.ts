import type { KubeEvent, KubeObject, ObjectMeta, Pod } from '../istio/objects.ts'
import { refusalOf } from '../kernel/errors.ts'
import type { ListOptions, WorkloadName, WorkloadRead } from '../ports/cluster.ts'
import type { KubeHttp } from './kube-http.ts'
import { listOnce } from './list-pages.ts'

const DEADLINE_MS = 10_000

/** What stands between a workload of these kinds and its pods. */
const BETWEEN: Readonly<Record<string, string>> = {
  Deployment: '/apis/apps/v1',
  Rollout: '/apis/apps/v1',
  CronJob: '/apis/batch/v1',
}

/**
 * The pods of one workload in full, with what stands between them and the warnings about all of these. Only its namespace is
 * listed; of the lists nothing else is kept. Warnings are null where the right to read them is missing; all else throws.
 */
export async function readWorkload(
  http: KubeHttp,
  workload: WorkloadName,
  deadlineMs = DEADLINE_MS,
): Promise<WorkloadRead> {
  const { namespace, kind } = workload
  const signal = AbortSignal.timeout(deadlineMs)
  const list = async <T extends KubeObject>(
    group: string,
    plural: string,
    isOwn: (one: T) => boolean,
    options: ListOptions = {},
  ): Promise<readonly T[]> => {
    const keep = (one: KubeObject): T[] => (isOwn(one as T) ? [one as T] : [])
    const path = `${group}/namespaces/${encodeURIComponent(namespace)}/${plural}`
    return (await listOnce(http, path, keep, { ...options, signal })).kept.flat()
  }
  const group = BETWEEN[kind]
  const plural = kind === 'CronJob' ? 'jobs' : 'replicasets'
  const isControlled = ({ metadata }: KubeObject): boolean => isControlledBy(metadata, workload)
  const between = group ? await list(group, plural, isControlled, { metadataOnly: true }) : []
  const owners = between.map(({ metadata }) => metadata)
  const uids = uidsOf(owners)
  const pods = await list<Pod>('/api/v1', 'pods', ({ metadata }) =>
    group ? uids.has(controllerOf(metadata)?.uid ?? '') : isItself(metadata, workload),
  )
  const all = new Set([...uids, ...uidsOf(pods.map(({ metadata }) => metadata))])
  const events = list<KubeEvent>('/api/v1', 'events', (event) => isAbout(event, all, workload), {
    fieldSelector: 'type=Warning',
  })
  return { pods, owners, events: await orForbidden(events) }
}

function controllerOf({ ownerReferences = [] }: ObjectMeta) {
  return ownerReferences.find(({ controller }) => controller === true)
}

/** The census names a kind of another group by its group, too: `Job.batch.volcano.sh`. */
function isControlledBy(metadata: ObjectMeta, { kind, name }: WorkloadName): boolean {
  const controller = controllerOf(metadata)
  if (!controller || controller.name !== name) return false
  const [group] = controller.apiVersion.split('/')
  return controller.kind === kind || `${controller.kind}.${group}` === kind
}

function isItself(metadata: ObjectMeta, workload: WorkloadName): boolean {
  return workload.kind === 'Pod' ? metadata.name === workload.name : isControlledBy(metadata, workload)
}

function uidsOf(metas: readonly ObjectMeta[]): ReadonlySet<string> {
  return new Set(metas.flatMap(({ uid }) => uid ?? []))
}

function isAbout({ involvedObject }: KubeEvent, uids: ReadonlySet<string>, { kind, name }: WorkloadName): boolean {
  const isOwn = involvedObject?.kind === kind && involvedObject.name === name
  return isOwn || uids.has(involvedObject?.uid ?? '')
}

async function orForbidden<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading
  } catch (error) {
    if (refusalOf(error).code === 'CLUSTER_FORBIDDEN') return null
    throw error
  }
}
