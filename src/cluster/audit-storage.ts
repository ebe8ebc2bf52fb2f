import { z } from 'zod'
import { CodedError } from '../kernel/errors.ts'
import type { AuditStorage } from '../ports/audit-storage.ts'
import { auditEntry, type AuditEntry } from '../wire/audit-entry.ts'
import type { ConfigMaps } from './config-maps.ts'
import { parsedRecord, seal, unseal, type SealKeys } from './sealed.ts'

/** What a ConfigMap can hold at all, with room for its metadata. */
const HARD_LIMIT = 900_000

const PART = 'audit'
const chunkSchema = z.array(auditEntry)

/** The port `AuditStorage`: sealed ConfigMaps `audit-<n>`, numbered from 1. */
export function newAuditStorage(maps: ConfigMaps, seals: SealKeys): AuditStorage {
  const read = async (chunk: number): Promise<{ entries: readonly AuditEntry[]; version: string } | null> => {
    const map = await maps.get(nameOf(chunk))
    if (!map) return null
    const entries = parsedRecord(nameOf(chunk), unseal(seals, map), (value) => chunkSchema.parse(value))
    return { entries, version: map.metadata.resourceVersion ?? '' }
  }
  return {
    async head() {
      const chunk = Math.max(1, ...(await chunksOf(maps)))
      const found = await read(chunk)
      return found ? { chunk, ...found } : { chunk, entries: [], version: null }
    },
    async write(chunk, entries, version) {
      const text = JSON.stringify(entries)
      const bytes = Buffer.byteLength(text)
      if (bytes > HARD_LIMIT) {
        throw new CodedError('RECORD_TOO_LARGE', { name: nameOf(chunk), bytes, limit: HARD_LIMIT })
      }
      const content = seal(seals, nameOf(chunk), PART, text)
      return (version === null ? await maps.create(content) : await maps.replace(content, version)) !== null
    },
    async all() {
      const chunks = await Promise.all((await chunksOf(maps)).map(read))
      return chunks.flatMap((one) => one?.entries ?? [])
    },
  }
}

function nameOf(chunk: number): string {
  return `audit-${chunk}`
}

async function chunksOf(maps: ConfigMaps): Promise<readonly number[]> {
  const numbers = (await maps.names(PART)).map((name) => Number(/^audit-(\d+)$/.exec(name)?.[1]))
  return numbers.filter(Number.isInteger).sort((a, b) => a - b)
}
