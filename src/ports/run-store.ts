import type { Run } from '../wire/run.ts'

/** The run as it was loaded, with the version that the next save must still find. */
export type LoadedRun = { readonly run: Run; readonly version: string }

export type SavedMessage = { readonly channel: string; readonly ts: string; readonly revision: number }

/**
 * Homes of the run in the cluster itself (design.md §5): ConfigMaps in Meshferry's namespace, compare-and-set, with MAC.
 * Errors: RECORD_FORGED when a MAC doesn't match, RECORD_UNREADABLE, RECORD_TOO_LARGE (over 256 KiB), and the cluster's.
 */
export type RunStore = {
  /** The cluster's one run that has not ended, or null. */
  readonly active: () => Promise<LoadedRun | null>
  readonly load: (id: string) => Promise<LoadedRun | null>
  /** Of all runs whose records are kept, the newest first. */
  readonly ids: () => Promise<readonly string[]>
  /** The newest run that has ended, or null: what it said last may not be told yet. */
  readonly lastEnded: () => Promise<Run | null>
  /** Creates record and `active` by name. False when another run was there first. */
  readonly create: (run: Run) => Promise<boolean>
  /** Returns the new version, or null when somebody saved in between: load again and decide again. */
  readonly save: (run: Run, version: string) => Promise<string | null>
  /** Frees the name `active` once the run has ended. */
  readonly release: (id: string) => Promise<void>
  /** Compressed, with its hash; the name is `run-<id>-<kind>-<n>`. Saving the same name twice keeps the first. */
  readonly saveBackup: (
    runId: string,
    kind: string,
    n: number,
    content: unknown,
  ) => Promise<{ readonly name: string; readonly sha256: string }>
  /** Throws RECORD_FORGED when the content does not have this hash. */
  readonly loadBackup: (backup: { readonly name: string; readonly sha256: string }) => Promise<unknown>
  /** The ConfigMap `undo`: how to go back without us, written before each act. Keys are file names; those of the same run stay. */
  readonly saveUndo: (run: string, files: Readonly<Record<string, string>>) => Promise<void>
  readonly messages: () => Promise<Readonly<Record<string, SavedMessage>>>
  readonly saveMessage: (message: string, at: SavedMessage) => Promise<void>
  /** Was this request decided in the last 10 minutes? Against replay. */
  readonly wasDecided: (requestId: string) => Promise<boolean>
  readonly noteDecided: (requestId: string, nowMs: number) => Promise<void>
}
