import type { Admission } from './admission.ts'
import type { Store } from './store.ts'

/** What every verb works with: the objects, the time of the calendar, and what looks at pods before they are stored. */
export type Api = {
  readonly store: Store
  readonly now: () => number
  readonly admission: Admission
}

/** What a write's query and headers say. */
export type WriteOptions = {
  readonly dryRun: boolean
  /** The fieldManager query, else the first part of the user agent before a slash. */
  readonly manager: string
  readonly force: boolean
  /** The address that the request came in on: two API servers may see different webhooks. */
  readonly address: string
}

/** `2026-11-23T18:00:00Z`: Kubernetes' metav1.Time has whole seconds. */
export function kubeTime(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`
}
