import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { collect, runWithProgress } from './child.mjs'
import { bin, node24, outerEnvironment, root } from './paths.mjs'

/**
 * Makes sure that node_modules/.bin/node is Node 24. The npm package `node` fetches its binary in an install script; npm
 * leaves that out with --ignore-scripts, and by default where package.json doesn't allow it, so it is run here then.
 */
export async function ensureNode24() {
  if (await isNode24()) return
  const folder = join(root, 'node_modules', 'node')
  const { output } = await runWithProgress(
    'Fetching Node 24',
    process.execPath,
    [join(folder, 'installArchSpecificPackage.js')],
    { cwd: folder, env: outerEnvironment() },
  )
  linkBinary()
  if (await isNode24()) return
  throw new Error(`Node 24 could not be fetched. What npm said:\n${output.trim()}\nRun "npm rebuild node" to see more.`)
}

async function isNode24() {
  if (!existsSync(node24)) return false
  const { code, output } = await collect(node24, ['--version'])
  return code === 0 && output.startsWith('v24.')
}

/** npm makes no link to a binary that wasn't there when it linked. */
function linkBinary() {
  if (existsSync(node24)) return
  mkdirSync(bin, { recursive: true })
  rmSync(node24, { force: true })
  symlinkSync(join('..', 'node', 'bin', 'node'), node24)
}
