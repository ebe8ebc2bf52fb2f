import type { AuditEntry } from '../wire/audit-entry.ts'
import { breakBetween } from './chain.ts'

export type ChainVerdict = { readonly lines: number; readonly head: string; readonly broken: string | null }

/**
 * Reads the chain from its first line. `head` is the hash of the last good line: kept outside the cluster (it is on every
 * evidence), it also shows lines that were cut off at the end. `broken` is `<seq>: <what>` of the first bad line, where
 * what is `seq` (a line is missing or added), `prev` (bound to another line), `hash` (changed) or `id` (written twice).
 */
export function verifyChain(entries: readonly AuditEntry[]): ChainVerdict {
  const ids = new Set<string>()
  let last: AuditEntry | null = null
  let lines = 0
  for (const entry of entries) {
    const broken = breakBetween(last, entry) ?? (ids.has(entry.id) ? 'id' : null)
    if (broken) return { lines, head: last?.hash ?? '', broken: `${entry.seq}: ${broken}` }
    ids.add(entry.id)
    last = entry
    lines += 1
  }
  return { lines, head: last?.hash ?? '', broken: null }
}
