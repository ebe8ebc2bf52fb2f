import type { DigestState } from '../wire/digest-state.ts'

/** What was dealt with of the digests, in the ConfigMap `digest` of the cluster, with MAC; null before the first. */
export type DigestStore = {
  readonly read: () => Promise<DigestState | null>
  readonly save: (state: DigestState) => Promise<void>
}
