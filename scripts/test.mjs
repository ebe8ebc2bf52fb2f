// Runs one tier of tests: node scripts/test.mjs quick|long|cluster [--transcript FILE] [jest's own arguments].
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { collect, runInherited } from './lib/child.mjs'
import { environment, node24, root } from './lib/paths.mjs'
import { noteResults } from './lib/results.mjs'
import { setUp } from './lib/setup.mjs'

/** @type {Record<string, string[]>} the jest configurations of each tier, in test/ */
const tiers = { quick: ['unit', 'contract', 'quick'], long: ['journey'], cluster: ['cluster'] }

const [tier = 'quick', ...given] = process.argv.slice(2)
const configs = (tiers[tier] ?? []).map((name) => join('test', `jest.${name}.json`)).filter(isThere)
if (configs.length === 0) leave(`There are no tests of the tier "${tier}" yet.`)
const { transcript, args } = takeTranscript(given)
await setUp({ redis: true })
const reason = await whyItCannotRun()
if (reason) leave(`The tier "${tier}" can't run here. ${reason}`)
process.exit(await jest())

/** @returns {Promise<number>} */
function jest() {
  const results = process.env.MESHFERRY_RESULTS
  const report = results ? ['--json', '--outputFile', results] : []
  const reporters = ['--reporters', 'default', '--reporters', join(root, 'test', 'support', 'heartbeat.mjs')]
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning']
  const program = join('node_modules', 'jest', 'bin', 'jest.js')
  // The caller's first: jest takes every word after a list option as one more of the list.
  const options = [...args, '--passWithNoTests', ...report, '--projects', ...configs, ...reporters]
  const env = { ...environment(), ...(transcript ? { MESHFERRY_TRANSCRIPT: transcript } : {}) }
  return runInherited(node24, [...flags, program, ...options], { cwd: root, env })
}

/**
 * A tier may need what a machine lacks (Go, network namespaces). test/TIER/prerequisites.ts looks: it ends with 77 and
 * prints the reason in a sentence when the tier can't run here.
 */
async function whyItCannotRun() {
  const probe = join('test', tier, 'prerequisites.ts')
  if (!isThere(probe)) return null
  const { code, output } = await collect(node24, [probe], { cwd: root, env: environment() })
  return code === 77 ? output.trim() : null
}

/** @param {string[]} all */
function takeTranscript(all) {
  const at = all.indexOf('--transcript')
  const file = at >= 0 ? all[at + 1] : undefined
  if (at < 0 || !file) return { transcript: null, args: all }
  return { transcript: resolve(file), args: all.toSpliced(at, 2) }
}

/** @param {string} path */
function isThere(path) {
  return existsSync(join(root, path))
}

/**
 * Ends a tier that did not run; never silently green: it says so and is counted as skipped.
 * @param {string} sentence
 * @returns {never}
 */
function leave(sentence) {
  console.log(sentence)
  noteResults({ skipped: 1 })
  process.exit(0)
}
