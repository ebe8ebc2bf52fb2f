import { mkdir, rename, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { epochOf } from '../kernel/clock.ts'
import { CodedError, messageOf } from '../kernel/errors.ts'
import type { EvidenceFiles } from '../ports/audit-storage.ts'
import type { Locale } from '../wire/names.ts'
import { evidencePage } from './evidence-page.ts'
import { evidenceName, removeOldEvidence } from './old-evidence.ts'

/** Evidence names people: only its owner reads it. */
const MODE = 0o600

/**
 * Puts evidence into a folder as `<cluster>-<run>.json` and `.html`, each whole or not at all; the same run again replaces them. A file's
 * time is the end of the upgrade, however often it is written: from then on it grows old.
 * Throws EVIDENCE_UNWRITABLE {path, message}.
 */
export function newEvidenceFiles(folder: string, locale: Locale): EvidenceFiles {
  return {
    async write(evidence) {
      const base = join(folder, evidenceName(evidence.cluster, evidence.run))
      const timeMs = epochOf(evidence.endedAt ?? evidence.madeAt)
      const files = {
        [`${base}.json`]: `${JSON.stringify(evidence, null, 2)}\n`,
        [`${base}.html`]: evidencePage(evidence, locale),
      }
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        for (const [path, text] of Object.entries(files)) await replaceFile(path, text, timeMs)
      } catch (error) {
        throw new CodedError('EVIDENCE_UNWRITABLE', { path: folder, message: messageOf(error) }, { cause: error })
      }
      return Object.keys(files)
    },
    removeOlder: (cluster, beforeMs) => removeOldEvidence(folder, cluster, beforeMs),
  }
}

async function replaceFile(path: string, text: string, timeMs: number): Promise<void> {
  const half = `${path}.part`
  await writeFile(half, text, { mode: MODE })
  await utimes(half, timeMs / 1000, timeMs / 1000)
  await rename(half, path)
}
