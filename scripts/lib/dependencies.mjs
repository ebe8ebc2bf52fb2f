import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runWithProgress } from './child.mjs'
import { outerEnvironment, root } from './paths.mjs'

/** Installs what package-lock.json says, when node_modules is missing or differs from it. */
export async function ensureDependencies() {
  if (dependenciesAreInstalled()) return
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const { code, output } = await runWithProgress('Installing dependencies (npm ci)', 'npm', args, {
    cwd: root,
    env: outerEnvironment(),
  })
  if (code === 0) return
  throw new Error(`npm ci failed. What it said:\n${output.trim()}\nIs the npm registry reachable? Then run this again.`)
}

/**
 * Compares package-lock.json with npm's own note of what it installed, by content: after a git checkout times say
 * nothing.
 */
function dependenciesAreInstalled() {
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'))
  const wanted = readLock(join(root, 'package-lock.json'))
  if (!installed || !wanted) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true
    const here = installed[path]
    return here ? here.version === entry.version : entry.optional === true
  })
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }> | null}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}
