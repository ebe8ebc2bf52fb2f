import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url))

const notOurs = new Set(['node_modules', '.git', '.cache', 'coverage', 'canary', 'fixtures'])

/** The text of every file under these folders or of these names, by its path from `base` (with slashes). */
export function readFiles(base: string, names: readonly string[], ends: RegExp): ReadonlyMap<string, string> {
  const paths = names.map((name) => join(base, name)).filter((path) => existsSync(path))
  const files = paths.flatMap((path) => (statSync(path).isDirectory() ? filesUnder(path) : [path]))
  return new Map(
    files.filter((path) => ends.test(path)).map((path) => [relative(base, path), readFileSync(path, 'utf8')]),
  )
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(path) : [path]
  })
}
