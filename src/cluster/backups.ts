import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { CodedError } from '../kernel/errors.ts'
import { canonicalJson, sha256 } from '../kernel/hash.ts'
import type { RunStore } from '../ports/run-store.ts'
import type { ConfigMaps } from './config-maps.ts'
import { parsedRecord, seal, unseal, type SealKeys } from './sealed.ts'

type Backups = Pick<RunStore, 'saveBackup' | 'loadBackup'>

const zip = promisify(gzip)
const unzip = promisify(gunzip)
/** A ConfigMap holds 1 MiB with its metadata (API server's limit on the object). */
const PART_SIZE = 900_000

/**
 * Backups: canonical JSON, compressed, under a MAC and named by the hash of the uncompressed text. Large ones are spread;
 * the ConfigMap of the backup's own name is written last, so that it is there in full or not at all.
 */
export function newBackups(maps: ConfigMaps, seals: SealKeys): Backups {
  return {
    async saveBackup(runId, kind, n, content) {
      const name = `${runId}-${kind}-${n}`
      const text = canonicalJson(content)
      const hash = sha256(text)
      const [first = '', ...rest] = cut((await zip(text)).toString('base64'))
      const parts = rest.map((_part, index) => `${name}-${hash.slice(0, 8)}-${index + 2}`)
      for (const [index, part] of parts.entries()) {
        await maps.create(seal(seals, part, 'backup-part', rest[index] ?? ''))
      }
      const head = JSON.stringify({ sha256: hash, parts, data: first })
      const created = await maps.create(seal(seals, name, 'backup', head))
      return created === null ? { name, sha256: (await readHead(maps, seals, name)).sha256 } : { name, sha256: hash }
    },
    async loadBackup({ name, sha256: expected }) {
      const head = await readHead(maps, seals, name)
      const rest = await Promise.all(head.parts.map((part) => readSealed(maps, seals, part)))
      const text = (await unzip(Buffer.from([head.data, ...rest].join(''), 'base64'))).toString('utf8')
      if (sha256(text) !== expected) throw new CodedError('RECORD_FORGED', { name, namespace: maps.namespace })
      return parsedRecord(name, text, (value) => value)
    },
  }
}

function cut(text: string): readonly string[] {
  const parts: string[] = []
  for (let at = 0; at < text.length; at += PART_SIZE) parts.push(text.slice(at, at + PART_SIZE))
  return parts
}

type Head = { readonly sha256: string; readonly parts: readonly string[]; readonly data: string }

async function readHead(maps: ConfigMaps, seals: SealKeys, name: string): Promise<Head> {
  // The MAC says that we wrote it, so its shape is ours.
  return parsedRecord(name, await readSealed(maps, seals, name), (value) => value as Head)
}

async function readSealed(maps: ConfigMaps, seals: SealKeys, name: string): Promise<string> {
  const map = await maps.get(name)
  if (!map) throw new CodedError('RECORD_UNREADABLE', { name, message: 'it is not there' })
  return unseal(seals, map)
}
