import type { ObjectMeta } from '../istio/objects.ts'

/** Whoever controls an object, by its owner reference. A kind of a name that Kubernetes has too says its group: `Job.batch.volcano.sh`. */
export type Owner = { readonly kind: string; readonly name: string; readonly uid: string }

/** The one owner that controls it; null for an object that nobody controls. */
export function controllerOf({ ownerReferences = [] }: Pick<ObjectMeta, 'ownerReferences'>): Owner | null {
  const found = ownerReferences.find(({ controller }) => controller === true)
  return found ? { kind: kindOf(found), name: found.name, uid: found.uid } : null
}

/** References that were written before Kubernetes 1.9 still say `extensions`. */
const APPS: readonly string[] = ['apps', 'extensions']

/** The groups of Kubernetes' own kinds: what is read of those must not be taken for another's of the same name. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Pod: [''],
  Node: [''],
  ReplicationController: [''],
  Deployment: APPS,
  ReplicaSet: APPS,
  DaemonSet: APPS,
  StatefulSet: APPS,
  Job: ['batch'],
  CronJob: ['batch'],
}

function kindOf({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): string {
  const [group, version] = apiVersion.split('/')
  const named = version === undefined ? '' : (group ?? '')
  return GROUPS[kind]?.includes(named) === false ? `${kind}.${named || apiVersion}` : kind
}

/** A workload as people know it: what they would redeploy. */
export type WorkloadRef = { readonly namespace: string; readonly kind: string; readonly name: string }

/** A ReplicaSet or a Job: who controls it (null for nobody), and when it was made; empty where that isn't known. */
export type Between = { readonly controller: Owner | null; readonly createdAt: string }

/** Each ReplicaSet and Job, by uid. */
export type Owners = ReadonlyMap<string, Between>

export function ownersFrom(metas: readonly ObjectMeta[]): Owners {
  return new Map(
    metas.map((meta) => [meta.uid ?? '', { controller: controllerOf(meta), createdAt: meta.creationTimestamp ?? '' }]),
  )
}

const BETWEEN: readonly string[] = ['ReplicaSet', 'Job']

/**
 * The workload that a pod belongs to: through its ReplicaSet to a Deployment or an Argo Rollout, through its Job to a CronJob,
 * else its controller, else the bare pod itself. Undefined while its ReplicaSet or Job isn't known yet.
 */
export function workloadOf(
  pod: { readonly namespace: string; readonly name: string; readonly owner: Owner | null },
  owners: Owners,
): WorkloadRef | undefined {
  const { namespace, name, owner } = pod
  if (!owner) return { namespace, kind: 'Pod', name }
  if (!BETWEEN.includes(owner.kind)) return { namespace, kind: owner.kind, name: owner.name }
  const between = owners.get(owner.uid)
  if (between === undefined) return undefined
  const { kind, name: above } = between.controller ?? owner
  return { namespace, kind, name: above }
}

export function workloadKey({ namespace, kind, name }: WorkloadRef): string {
  return `${namespace}/${kind}/${name}`
}
