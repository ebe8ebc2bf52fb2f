import type { KubeObject } from './kube-object.ts'

export type StoreEvent = {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly version: number
  readonly resource: string
  readonly object: KubeObject
  /** The object before the change, to tell whether it leaves a selection. */
  readonly before: KubeObject | undefined
}

/** The counter of resource versions and the events that a watch can still be given. */
type History = {
  readonly version: () => number
  /** Counts one on: the version of the write that follows. */
  readonly next: () => number
  /** The oldest version from which a watch can still start. */
  readonly oldest: () => number
  readonly forget: () => void
  /** Keeps the event and tells every listener before it returns. */
  readonly record: (event: StoreEvent) => void
  readonly since: (version: number) => StoreEvent[]
  readonly listen: (listener: (event: StoreEvent) => void) => () => void
}

const KEPT = 20_000

/** A history at version 1, in which nothing has happened yet. */
export function newHistory(): History {
  const listeners = new Set<(event: StoreEvent) => void>()
  let events: StoreEvent[] = []
  let version = 1
  let oldest = 1
  return {
    version: () => version,
    next: () => (version += 1),
    oldest: () => oldest,
    forget: () => {
      version += 1
      oldest = version
      events = []
    },
    record: (event) => {
      events.push(event)
      if (events.length > KEPT * 2) {
        events = events.slice(-KEPT)
        oldest = events[0]?.version ?? oldest
      }
      for (const listener of listeners) listener(event)
    },
    since: (from) => events.filter((event) => event.version > from),
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
