import { lstat, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Removal } from '../ports/audit-storage.ts'
import { runId } from '../wire/names.ts'
import { messageOf } from '../kernel/errors.ts'

/** What a file of evidence is called without its ending: whose it is and of which upgrade. */
export function evidenceName(cluster: string, run: string): string {
  return `${cluster}-${run}`
}

/** A write that was killed leaves the last two. */
const ENDINGS: readonly string[] = ['json', 'html', 'json.part', 'html.part']

/** Is this a name that only we give, for this cluster and not for one whose name begins alike? */
export function isEvidenceOf(cluster: string, name: string): boolean {
  const [base = '', ...endings] = name.split('.')
  const run = base.slice(cluster.length + 1)
  return base === evidenceName(cluster, run) && runId.safeParse(run).success && ENDINGS.includes(endings.join('.'))
}

/**
 * Removes a cluster's evidence of before then from a folder, one file after the other: what can't be removed holds up nothing else.
 * A folder that is not there has none. Never throws.
 */
export async function removeOldEvidence(folder: string, cluster: string, beforeMs: number): Promise<Removal> {
  const removed: string[] = []
  const failed: { readonly path: string; readonly message: string }[] = []
  const attempt = async (path: string, act: () => Promise<void>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      // Another worker on the same folder was faster, or nothing was ever written.
      if (codeOf(error) !== 'ENOENT') failed.push({ path, message: messageOf(error) })
    }
  }
  await attempt(folder, async () => {
    for (const name of (await readdir(folder)).filter((one) => isEvidenceOf(cluster, one)).sort()) {
      const path = join(folder, name)
      await attempt(path, async () => {
        const { mtimeMs, isFile } = await fileAt(path)
        if (!isFile || mtimeMs >= beforeMs) return
        await unlink(path)
        removed.push(path)
      })
    }
  })
  return { removed, failed }
}

/** Of the name itself, not of what it may lead to. */
async function fileAt(path: string): Promise<{ readonly mtimeMs: number; readonly isFile: boolean }> {
  const stat = await lstat(path)
  return { mtimeMs: stat.mtimeMs, isFile: stat.isFile() }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null
}
