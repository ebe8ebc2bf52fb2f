import type { Mesh } from './mesh.ts'
import type { ObjectMeta, Pod } from './objects.ts'

type Owner = NonNullable<ObjectMeta['ownerReferences']>[number]

/**
 * Pods that none of the mesh's workloads makes: bare ones, and those of Jobs, of other operators' kinds (StrimziPodSet …)
 * and of ReplicaSets that belong to no Deployment (Argo's Rollouts). No template speaks for them, so that they
 * speak for themselves. Ended pods are left out: nothing makes them anew.
 */
export function strayPods(mesh: Mesh): readonly Pod[] {
  const made = new Set(mesh.workloads.map(({ kind, metadata }) => keyOf(kind, metadata.namespace, metadata.name)))
  return mesh.pods.filter((pod) => !hasEnded(pod) && !makersOf(pod).some((key) => made.has(key)))
}

function hasEnded({ status }: Pod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed'
}

/** Who makes such pods, as people know it: `StrimziPodSet kafka/broker`; the pod itself where nobody does. */
export function strayName({ kind, metadata }: Pod): string {
  const owner = controllerOf(metadata)
  return `${owner?.kind ?? kind} ${metadata.namespace ?? ''}/${owner?.name ?? metadata.name}`
}

/** The workloads of which one may be behind a pod. Its ReplicaSet or Job isn't read: their names say whose they are. */
function makersOf({ metadata }: Pod): readonly string[] {
  const owner = controllerOf(metadata)
  if (!owner) return []
  const key = (kind: string, name: string): string => keyOf(kind, metadata.namespace, name)
  if (owner.apiVersion.startsWith('apps/')) return [key(owner.kind, owner.name), ...deploymentsOf(metadata, owner, key)]
  const scheduled = owner.apiVersion.startsWith('batch/') && owner.kind === 'Job'
  return scheduled ? [key('CronJob', owner.name.replace(/-\d+$/, ''))] : []
}

type Key = (kind: string, name: string) => string

/** Only the Deployment controller sets this label; a Rollout's ReplicaSets have one of their own. */
function deploymentsOf({ labels = {} }: ObjectMeta, { kind, name }: Owner, key: Key): readonly string[] {
  const hash = labels['pod-template-hash']
  const ofDeployment = kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`)
  return ofDeployment ? [key('Deployment', name.slice(0, -hash.length - 1))] : []
}

function controllerOf({ ownerReferences = [] }: ObjectMeta): Owner | undefined {
  return ownerReferences.find(({ controller }) => controller === true) ?? ownerReferences[0]
}

function keyOf(kind: string, namespace: string | undefined, name: string): string {
  return `${kind} ${namespace ?? ''}/${name}`
}
