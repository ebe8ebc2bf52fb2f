import type { StoreEvent } from '../history.ts'
import { isReady } from '../istiod.ts'
import type { KubeObject } from '../kube-object.ts'
import { textAt, valueAt } from '../kube-object.ts'
import type { KubeServer } from '../server.ts'
import type { Work } from './work.ts'

/** What every controller works with. Objects are read again at each turn: a change is never built on an old reading. */
export type Hands = {
  readonly kube: KubeServer
  readonly work: Work
  /** Epoch ms of the cluster's calendar; timers of `work` run by the machine's clock. */
  readonly calendar: () => number
  /** Machine ms from a pod's start to Ready; Infinity for one that never is. */
  readonly readyMs: (pod: KubeObject) => number
  /** Machine ms from the start of a pod that ends by itself to its end. */
  readonly jobMs: (pod: KubeObject) => number
}

export type Controller = {
  readonly name: string
  /** Keys (`namespace/name`) of this controller's objects on which the event may bear. Cheap: it is asked at each write. */
  readonly concerns: (event: StoreEvent) => readonly string[]
  /** Brings one object a step nearer to what it asks for; an object that is where it should be costs one look. */
  readonly reconcile: (key: string) => void
}

/** Who writes, in managedFields and user agents. */
export const MANAGER = 'kube-controller-manager'

export function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`
}

/** The object behind a key, or undefined when it has gone. */
export function find({ kube }: Hands, apiVersion: string, kind: string, key: string): KubeObject | undefined {
  const slash = key.indexOf('/')
  return kube.get(apiVersion, kind, key.slice(slash + 1), key.slice(0, slash))
}

/** Key of the owner of this kind that controls the object: nobody else acts on it. */
export function controllerKey(object: KubeObject, kind: string): readonly string[] {
  const owner = object.metadata.ownerReferences?.find((one) => one.kind === kind && one.controller === true)
  return owner ? [`${object.metadata.namespace ?? ''}/${owner.name}`] : []
}

/** Own objects, and the pods (or whatever `resource` is) that one of them controls. */
export function ownAndOwned(own: string, kind: string, resource: string): Controller['concerns'] {
  return (event) => {
    if (event.resource === own) return event.type === 'DELETED' ? [] : [keyOf(event.object)]
    return event.resource === resource ? controllerKey(event.object, kind) : []
  }
}

/** The owner's pods that have not come to their end. */
export function activePods({ kube }: Hands, owner: KubeObject): KubeObject[] {
  return kube.owned(owner.metadata.uid ?? '').filter((object) => object.kind === 'Pod' && !isFinished(object))
}

export function isFinished(pod: KubeObject): boolean {
  const phase = textAt(pod, 'status', 'phase')
  return phase === 'Succeeded' || phase === 'Failed'
}

export function readyOf(pods: readonly KubeObject[]): number {
  return pods.filter(isReady).length
}

/** A number of the spec, where it is one. */
export function numberAt(object: unknown, fallback: number, ...path: string[]): number {
  const value = valueAt(object, ...path)
  return typeof value === 'number' ? value : fallback
}

/** Writes spec and metadata; the status that is there stays. */
export function putSpec({ kube }: Hands, object: KubeObject, manager = MANAGER): KubeObject {
  const { status: _status, ...rest } = object
  return kube.put(rest, manager)
}

export function removePod({ kube }: Hands, pod: KubeObject): void {
  kube.remove('v1', 'Pod', pod.metadata.name, pod.metadata.namespace)
}

/** Without members that are 0: the API's own types leave them out (omitempty). */
export function withoutZeros(status: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(status).filter(([, value]) => value !== 0 && value !== undefined))
}
