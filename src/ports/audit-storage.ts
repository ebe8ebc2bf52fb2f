import type { AuditEntry } from '../wire/audit-entry.ts'

/**
 * The cluster's one audit chain as ConfigMaps `audit-<n>` (design.md §5). Storage only: the room `audit` makes the chain.
 */
export type AuditStorage = {
  /** The newest chunk, with the version that the next write must find. */
  readonly head: () => Promise<{
    readonly chunk: number
    readonly entries: readonly AuditEntry[]
    readonly version: string | null
  }>
  /** False when somebody wrote in between. */
  readonly write: (chunk: number, entries: readonly AuditEntry[], version: string | null) => Promise<boolean>
  /** All chunks, oldest first. */
  readonly all: () => Promise<readonly AuditEntry[]>
}

export type AuditLine = Omit<AuditEntry, 'v' | 'seq' | 'prev' | 'hash'>

export type Audit = {
  /** Appends unless an entry with this id is there; retries on a conflict. A failure stops the act that it belongs to. */
  readonly append: (line: AuditLine) => Promise<void>
  /** The first break of the chain, or null with how many lines were read. */
  readonly verify: () => Promise<{ readonly lines: number; readonly head: string; readonly broken: string | null }>
}
