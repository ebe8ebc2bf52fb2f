import { describe, expect, test } from '@jest/globals'
import { CodedError } from '../kernel/errors.ts'
import type { AuditLine, AuditStorage } from '../ports/audit-storage.ts'
import type { AuditEntry } from '../wire/audit-entry.ts'
import { newAudit } from './audit.ts'
import { verifyChain } from './verify-chain.ts'

/** Chunks with compare-and-set, as the cluster keeps them; `between` runs once before the next write. */
function memoryStorage(): AuditStorage & { chunks: AuditEntry[][]; between: (act: () => unknown) => void } {
  const chunks: AuditEntry[][] = []
  const versions: number[] = []
  let before: (() => unknown) | null = null
  return {
    chunks,
    between: (act) => (before = act),
    head: async () => {
      const chunk = Math.max(1, chunks.length)
      const version = versions[chunk - 1]
      return { chunk, entries: chunks[chunk - 1] ?? [], version: version === undefined ? null : `${version}` }
    },
    write: async (chunk, entries, version) => {
      const act = before
      before = null
      act?.()
      const now = versions[chunk - 1]
      if ((now === undefined ? null : `${now}`) !== version) return false
      chunks[chunk - 1] = [...entries]
      versions[chunk - 1] = (now ?? 0) + 1
      return true
    },
    all: async () => chunks.flat(),
  }
}

function line(id: string): AuditLine {
  return { id, at: '2026-11-23T10:00:00.000Z', cluster: 'prod-a', what: { code: 'STEP_DONE', facts: { step: id } } }
}

describe('append', () => {
  test('chains lines, and writes an id once', async () => {
    const storage = memoryStorage()
    const audit = newAudit(storage)
    await Promise.all(['a', 'b', 'a', 'c'].map((id) => audit.append(line(id))))
    const entries = storage.chunks.flat()
    expect(entries.map(({ id, seq }) => `${seq}${id}`)).toEqual(['1a', '2b', '3c'])
    expect(await audit.verify()).toEqual({ lines: 3, head: entries[2]?.hash, broken: null })
  })

  test('begins a new chunk when one is full, and still knows the ids before it', async () => {
    const storage = memoryStorage()
    for (let i = 0; i < 203; i += 1) await newAudit(storage).append(line(`n${i}`))
    const audit = newAudit(storage)
    await audit.append(line('n5'))
    await audit.append(line('n202'))
    expect(storage.chunks.map(({ length }) => length)).toEqual([200, 3])
    expect(await audit.verify()).toMatchObject({ lines: 203, broken: null })
  })

  test('follows whoever wrote in between', async () => {
    const storage = memoryStorage()
    const mine = newAudit(storage)
    await mine.append(line('first'))
    let others: Promise<void> = Promise.resolve()
    storage.between(() => (others = newAudit(storage).append(line('theirs'))))
    await Promise.all([mine.append(line('mine')), others])
    await others
    expect(await mine.verify()).toMatchObject({ lines: 3, broken: null })
  })

  test('says so when others never stop writing, and passes on what the storage throws', async () => {
    const never = { ...memoryStorage(), write: async () => false }
    await expect(newAudit(never).append(line('a'))).rejects.toMatchObject({ code: 'AUDIT_CONTENDED' })
    const away = { ...memoryStorage(), write: () => Promise.reject(new CodedError('CLUSTER_UNREACHABLE')) }
    await expect(newAudit(away).append(line('a'))).rejects.toMatchObject({ code: 'CLUSTER_UNREACHABLE' })
  })
})

describe('verify', () => {
  const spoilt: readonly [string, (entries: AuditEntry[]) => AuditEntry[], string][] = [
    ['a changed fact', ([a, b, c]) => [a!, { ...b!, what: { code: 'STEP_DONE', facts: {} } }, c!], '2: hash'],
    ['another person', ([a, b, c]) => [{ ...a!, at: '2026-11-23T11:00:00.000Z' }, b!, c!], '1: hash'],
    ['a line left out', ([a, , c]) => [a!, c!], '3: seq'],
    ['lines swapped', ([a, b, c]) => [a!, c!, b!], '3: seq'],
    ['a line bound elsewhere', ([a, b, c]) => [a!, { ...b!, prev: c!.hash }, c!], '2: prev'],
  ]
  test.each(spoilt)('finds %s', async (_name, spoil, broken) => {
    const storage = memoryStorage()
    for (const id of ['a', 'b', 'c']) await newAudit(storage).append(line(id))
    expect(verifyChain(spoil(storage.chunks.flat())).broken).toBe(broken)
  })
})
