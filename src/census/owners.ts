import type { ObjectMeta } from '../istio/objects.ts'

/** Whoever controls an object, by its owner reference. */
export type Owner = { readonly kind: string; readonly name: string; readonly uid: string }

/** The one owner that controls it; null for an object that nobody controls. */
export function controllerOf({ ownerReferences = [] }: Pick<ObjectMeta, 'ownerReferences'>): Owner | null {
  const found = ownerReferences.find(({ controller }) => controller === true)
  return found ? { kind: found.kind, name: found.name, uid: found.uid } : null
}

/** A workload as people know it: what they would redeploy. */
export type WorkloadRef = { readonly namespace: string; readonly kind: string; readonly name: string }

/** Who controls each ReplicaSet and Job, by uid; null for one that nobody controls. */
export type Owners = ReadonlyMap<string, Owner | null>

export function ownersFrom(metas: readonly ObjectMeta[]): Owners {
  return new Map(metas.map((meta) => [meta.uid ?? '', controllerOf(meta)]))
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
  const up = owners.get(owner.uid)
  if (up === undefined) return undefined
  return { namespace, kind: (up ?? owner).kind, name: (up ?? owner).name }
}

export function workloadKey({ namespace, kind, name }: WorkloadRef): string {
  return `${namespace}/${kind}/${name}`
}
