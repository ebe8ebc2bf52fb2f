import type { KubeObject } from './kube-object.ts'

/** Which stored objects exist by uid, and whom they own: what garbage collection and the controllers ask for all the time. */
export type OwnerIndex = {
  /** Follows one write: what was there before (if anything), and what is there now (unless it was removed). */
  readonly follow: (before: KubeObject | undefined, after: KubeObject | undefined) => void
  /** The objects whose ownerReferences name this uid, in no order. */
  readonly owned: (uid: string) => readonly KubeObject[]
  readonly exists: (uid: string) => boolean
}

export function newOwnerIndex(): OwnerIndex {
  const uids = new Set<string>()
  const dependents = new Map<string, Map<string, KubeObject>>()
  const leave = (owner: string, uid: string): void => {
    const mine = dependents.get(owner)
    mine?.delete(uid)
    if (mine?.size === 0) dependents.delete(owner)
  }
  const join = (owner: string, uid: string, object: KubeObject): void => {
    const mine = dependents.get(owner) ?? new Map<string, KubeObject>()
    dependents.set(owner, mine.set(uid, object))
  }
  const leaveAll = ({ metadata }: KubeObject): void => {
    uids.delete(metadata.uid ?? '')
    for (const owner of metadata.ownerReferences ?? []) leave(owner.uid, metadata.uid ?? '')
  }
  const joinAll = (object: KubeObject): void => {
    const { uid = '', ownerReferences = [] } = object.metadata
    uids.add(uid)
    for (const owner of ownerReferences) join(owner.uid, uid, object)
  }
  return {
    follow: (before, after) => {
      if (before) leaveAll(before)
      if (after) joinAll(after)
    },
    owned: (uid) => [...(dependents.get(uid)?.values() ?? [])],
    exists: (uid) => uids.has(uid),
  }
}
