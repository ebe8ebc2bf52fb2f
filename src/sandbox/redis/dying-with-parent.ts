import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import type { StdioOptions } from 'node:child_process'

/** What to spawn, and with which channels. */
export type Mortal = { readonly command: readonly string[]; readonly stdio: StdioOptions }

/** Reads its third channel, which nobody ever writes to: it ends with whoever holds the other end. `$$` stays the command's pid. */
const WATCHED = '(read -r _ <&3; kill -9 $$) <&3 >/dev/null 2>&1 & exec "$@" 3<&-'

/**
 * The command so that it ends when this process does, however that goes: Linux sees to it where setpriv can ask for it
 * (BusyBox' own can't), elsewhere a shell beside it that waits for a channel of ours to close.
 */
export function dyingWithParent(command: readonly string[], setpriv = findSetpriv()): Mortal {
  if (setpriv !== null) return { command: [setpriv, '--pdeathsig', 'KILL', ...command], stdio: 'ignore' }
  return { command: ['/bin/sh', '-c', WATCHED, 'sh', ...command], stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }
}

function findSetpriv(): string | null {
  const paths = ['/usr/bin/setpriv', '/bin/setpriv'].filter((path) => existsSync(path))
  return paths.find((path) => spawnSync(path, ['--pdeathsig', 'KILL', 'true']).status === 0) ?? null
}
