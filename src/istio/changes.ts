import type { KubeObject } from './objects.ts'

/** One object of any kind. `namespace` is absent for cluster-scoped kinds. */
export type ChangeRef = {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly namespace?: string
}

export type ChangeOperation =
  | { readonly op: 'test' | 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }

/**
 * What the object must still be for the change to be right. `version` is what was read when planning: the writer reads
 * again, compares the uid and the fingerprint, and guards the write with the resourceVersion of that later read.
 */
export type RestsOn =
  | { readonly kind: 'absent' }
  | { readonly kind: 'version'; readonly uid: string; readonly resourceVersion: string }
  | { readonly kind: 'exists' }
  /** Either there or not: an undo that writes the whole object. */
  | { readonly kind: 'any' }

/** One write of one object, as data: shown on the card, done by the worker, repeatable by a person with kubectl. */
export type Change =
  | { readonly kind: 'apply'; readonly ref: ChangeRef; readonly body: KubeObject; readonly restsOn: RestsOn }
  | {
      readonly kind: 'json-patch'
      readonly ref: ChangeRef
      readonly operations: readonly ChangeOperation[]
      readonly restsOn: RestsOn
    }
  | { readonly kind: 'delete'; readonly ref: ChangeRef; readonly restsOn: RestsOn }

/** The ref of an object that was read or generated. */
export function refOf(object: KubeObject): ChangeRef {
  const { name, namespace } = object.metadata
  const ref = { apiVersion: object.apiVersion, kind: object.kind, name }
  return namespace === undefined ? ref : { ...ref, namespace }
}

/** What a change of a live object rests on; `absent` when there is none. */
export function restsOnLive(live: KubeObject | undefined): RestsOn {
  if (live === undefined) return { kind: 'absent' }
  const { uid, resourceVersion } = live.metadata
  return uid === undefined || resourceVersion === undefined
    ? { kind: 'exists' }
    : { kind: 'version', uid, resourceVersion }
}
