import type { AuditEntry } from '../wire/audit-entry.ts'
import type { CensusDay } from '../wire/census.ts'
import type { Evidence } from '../wire/evidence.ts'
import type { Run } from '../wire/run.ts'

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

/** What else of a run goes into its evidence, as it was read at `madeAt`. */
export type RunFacts = {
  readonly run: Run
  /** Rows of the census of all the days of the run; others are left out of the evidence. */
  readonly days: readonly CensusDay[]
  /** How many workloads of tenants carry a write of ours; null where it could not be read. */
  readonly tenantWorkloadsWritten: number | null
  /** Workloads of tenants that carry the write of a restart by owners, as `namespace/kind/name`. */
  readonly ownersWrote: readonly string[]
  /** Istio's namespace and ours. */
  readonly ownNamespaces: readonly string[]
  readonly madeAt: string
}

/** Where finished evidence is put: its two files, JSON and HTML, by their paths. */
export type EvidenceFiles = {
  readonly write: (evidence: Evidence) => Promise<readonly string[]>
  /** Removes what `write` put there of this cluster's upgrades that ended before then (epoch ms), and nothing else. Never throws. */
  readonly removeOlder: (cluster: string, beforeMs: number) => Promise<Removal>
}

/** Paths that are gone, and those that are still there, with why. */
export type Removal = {
  readonly removed: readonly string[]
  readonly failed: readonly { readonly path: string; readonly message: string }[]
}

export type Audit = {
  /** Appends unless an entry with this id is there; retries on a conflict. A failure stops the act that it belongs to. */
  readonly append: (line: AuditLine) => Promise<void>
  /** One upgrade as an auditor reads it, with its lines of the chain. Throws what the storage does. */
  readonly evidence: (about: RunFacts) => Promise<Evidence>
  /** The first break of the chain, or null with how many lines were read. */
  readonly verify: () => Promise<{ readonly lines: number; readonly head: string; readonly broken: string | null }>
}
