import type { KubeObject } from '../istio/objects.ts'
import { podEntryOf, type PodEntry } from './pod-entry.ts'

/** Every pod with a sidecar, as list and watch have told it so far; null before the first list has come to its end. */
export type PodFold = {
  readonly pods: () => ReadonlyMap<string, PodEntry> | null
  /** The whole list, at the start and whenever events may have been missed: what isn't in it is gone. */
  readonly listed: (entries: ReadonlyMap<string, PodEntry>) => void
  readonly changed: (type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: KubeObject) => void
}

/**
 * Folds a list and the events after it, in whatever way they are cut, repeated or begun anew, into what a fresh list would
 * say. Kept by uid, since names come back (a StatefulSet's pods).
 */
export function newPodFold(teamLabel: string): PodFold {
  let pods: Map<string, PodEntry> | null = null
  return {
    pods: () => pods,
    listed: (entries) => {
      pods = new Map(entries)
    },
    changed: (type, { metadata }) => {
      const { uid } = metadata
      if (pods === null || uid === undefined) return
      const entry = type === 'DELETED' ? null : podEntryOf(metadata, teamLabel)
      if (entry) pods.set(uid, entry)
      else pods.delete(uid)
    },
  }
}
