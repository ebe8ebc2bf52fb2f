import { CodedError } from '../kernel/errors.ts'
import { type Backoff, withRetry } from '../kernel/retry.ts'
import { newTurns } from '../kernel/turns.ts'
import type { Audit, AuditLine, AuditStorage } from '../ports/audit-storage.ts'
import type { AuditEntry } from '../wire/audit-entry.ts'
import { nextEntry } from './chain.ts'
import { evidenceOf } from './evidence.ts'
import { verifyChain } from './verify-chain.ts'

/** A chunk is a ConfigMap: small enough to read at each append, far below the 1 MiB that one may hold. */
const CHUNK_ENTRIES = 200
const CHUNK_BYTES = 200_000

const CONFLICTS: Backoff = { tries: 10, firstMs: 20, maxMs: 500 }

/** Ids in the chunks before the newest, as read when `chunk` began to be the newest. */
type Older = { readonly chunk: number; readonly ids: ReadonlySet<string> }

type Head = Awaited<ReturnType<AuditStorage['head']>>

/**
 * The cluster's one hash chain. `append` writes each id at most once, over restarts and over workers that write at the
 * same time; it throws AUDIT_CONTENDED {id} when others keep writing in between, and what the storage throws.
 */
export function newAudit(storage: AuditStorage): Audit {
  const turns = newTurns()
  let older: Older | null = null
  const tryOnce = async (line: AuditLine): Promise<void> => {
    const head = await storage.head()
    if (older?.chunk !== head.chunk) older = await olderOf(storage, head)
    if (older.ids.has(line.id) || head.entries.some(({ id }) => id === line.id)) return
    const last = head.entries.at(-1) ?? (await lastBefore(storage, head))
    if (!(await write(storage, head, nextEntry(last, line)))) throw new CodedError('AUDIT_CONTENDED', { id: line.id })
  }
  return {
    append: (line) => turns(() => withRetry(CONFLICTS, contended, () => tryOnce(line))),
    evidence: async (about) => evidenceOf({ ...about, entries: await storage.all() }),
    verify: async () => verifyChain(await storage.all()),
  }
}

async function olderOf(storage: AuditStorage, head: Head): Promise<Older> {
  const entries = head.chunk > 1 ? await storage.all() : []
  return { chunk: head.chunk, ids: new Set(entries.map(({ id }) => id)) }
}

/** A newest chunk without lines is the chain's beginning, or somebody emptied it: then the chain goes on from the one before. */
async function lastBefore(storage: AuditStorage, head: Head): Promise<AuditEntry | null> {
  return head.chunk > 1 ? ((await storage.all()).at(-1) ?? null) : null
}

function write(storage: AuditStorage, head: Head, entry: AuditEntry): Promise<boolean> {
  return isFull(head.entries)
    ? storage.write(head.chunk + 1, [entry], null)
    : storage.write(head.chunk, [...head.entries, entry], head.version)
}

function isFull(entries: readonly AuditEntry[]): boolean {
  return entries.length >= CHUNK_ENTRIES || Buffer.byteLength(JSON.stringify(entries)) >= CHUNK_BYTES
}

function contended(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'AUDIT_CONTENDED'
}
