import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Each folder under test/cluster/go is a Go module that pins the programs of one project. */
export type GoModule = 'kube' | 'etcd' | 'istio' | 'helm'

const GO_FOLDER = join(import.meta.dirname, '..', 'go')

export function moduleFolder(module: GoModule): string {
  return join(GO_FOLDER, module)
}

/** Where binaries live: outside the clone, so that a fresh clone finds those of the last one. */
export function cacheRoot(env: NodeJS.ProcessEnv = process.env): string {
  if (env['MESHFERRY_CACHE']) return env['MESHFERRY_CACHE']
  return join(env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'meshferry')
}

/** The folder of one module's binaries; another pinned version gives another folder, so a stale binary is never run. */
export function binariesOf(module: GoModule, root = cacheRoot()): string {
  return join(root, `${module}-${pinHash(moduleFolder(module))}`)
}

/** Changes when build.ts or programs.ts build something else from the same pins: old binaries are then left alone. */
const RECIPE = '2'

/** 16 hex digits over the recipe, and the files named in `sources`. */
export function pinHash(
  folder: string,
  sources: readonly string[] = ['go.mod', 'go.sum', 'tools.go', 'proxies/main.go'],
): string {
  const hash = createHash('sha256').update(RECIPE)
  for (const name of sources) {
    const file = join(folder, name)
    hash.update(`${name}\0`)
    if (existsSync(file)) hash.update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}
