import type { Restart } from '../wire/restarts.ts'

/** Restarts that owners clicked, in the ConfigMap `restarts` of the cluster, with MAC. */
export type RestartStore = {
  readonly read: () => Promise<readonly Restart[]>
  /** By compare-and-set on what is stored at that moment, again while others write; null saves nothing. */
  readonly change: (change: (all: readonly Restart[]) => readonly Restart[] | null) => Promise<void>
}
