import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, readdir } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CodedError } from '../kernel/errors.ts'

/** `sha256` by version: what is not listed there is never started. */
export type PinnedBinaries = { readonly dir: string; readonly sha256: Readonly<Record<string, string>> }

export function binaryPath(pinned: PinnedBinaries, version: string): string {
  return join(folderOf(pinned), `istioctl-${version}`)
}

function folderOf({ dir }: PinnedBinaries): string {
  return isAbsolute(dir) ? dir : resolve(dir)
}

const BINARY = /^istioctl-(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/
/** A folder of everything that was ever installed must not fill a dialog. */
const NAMED = 20

/** Versions whose binary lies in the folder and is not listed; none where the folder can't be read. */
export async function unpinnedVersions(pinned: PinnedBinaries): Promise<readonly string[]> {
  const names = await readdir(folderOf(pinned)).catch(() => [])
  return names
    .flatMap((name) => BINARY.exec(name)?.[1] ?? [])
    .filter((version) => pinned.sha256[version] === undefined)
    .slice(0, NAMED)
}

/**
 * Reads the whole file again each time: a binary that was changed since the last start must not run with cluster-admin
 * rights. Throws ISTIOCTL_UNPINNED {version, versions}, ISTIOCTL_MISSING {version, path} or ISTIOCTL_CHECKSUM
 * {version, path, expected, found}.
 */
export async function checkBinary(
  pinned: PinnedBinaries,
  version: string,
): Promise<{ readonly path: string; readonly sha256: string }> {
  const path = binaryPath(pinned, version)
  const expected = pinned.sha256[version]?.toLowerCase()
  if (!expected) throw new CodedError('ISTIOCTL_UNPINNED', { version, path, versions: Object.keys(pinned.sha256) })
  await access(path, constants.X_OK).catch((error: unknown) => {
    throw new CodedError('ISTIOCTL_MISSING', { version, path }, { cause: error })
  })
  const found = await sha256OfFile(path)
  if (found !== expected) throw new CodedError('ISTIOCTL_CHECKSUM', { version, path, expected, found })
  return { path, sha256: found }
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash)
  return hash.digest('hex')
}
