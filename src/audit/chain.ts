import { canonicalJson, sha256 } from '../kernel/hash.ts'
import type { AuditLine } from '../ports/audit-storage.ts'
import type { AuditEntry } from '../wire/audit-entry.ts'

/** The entry that follows `last` (null: the first): one number higher, and bound to it by its hash. */
export function nextEntry(last: AuditEntry | null, line: AuditLine): AuditEntry {
  const entry = { ...line, v: 1 as const, seq: (last?.seq ?? 0) + 1, prev: last?.hash ?? '' }
  return { ...entry, hash: entryHash(entry) }
}

/** SHA-256 over the entry's JSON with sorted keys, without the hash itself: what an outsider needs to check a line. */
function entryHash(entry: Omit<AuditEntry, 'hash'>): string {
  return sha256(canonicalJson(entry))
}

/** Why this entry can't follow `last`, in one word for the log; null when it does. */
export function breakBetween(last: AuditEntry | null, entry: AuditEntry): 'seq' | 'prev' | 'hash' | null {
  const { hash, ...rest } = entry
  if (entry.seq !== (last?.seq ?? 0) + 1) return 'seq'
  if (entry.prev !== (last?.hash ?? '')) return 'prev'
  return hash === entryHash(rest) ? null : 'hash'
}
