// Runs one tier of tests: node scripts/test.mjs quick|long|browser|cluster [--transcript FILE] [jest's own arguments].
import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { runInherited } from './lib/child.mjs'
import { environment, node24, root } from './lib/paths.mjs'
import { noteResults } from './lib/results.mjs'
import { setUp } from './lib/setup.mjs'

/** @type {Record<string, { configs: string[], ending: string }>} each tier's jest configurations and names of tests */
const tiers = {
  quick: { configs: ['unit', 'contract', 'quick'], ending: '.test.ts' },
  long: { configs: ['journey'], ending: '.journey.test.ts' },
  browser: { configs: ['browser'], ending: '.browser.test.ts' },
  cluster: { configs: ['cluster'], ending: '.cluster.test.ts' },
}

const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  join('node_modules', 'jest', 'bin', 'jest.js'),
  '--testSequencer',
  join(root, 'test', 'support', 'slow-first.mjs'),
]
const reporters = ['--reporters', 'default', '--reporters', join(root, 'test', 'support', 'heartbeat.mjs')]

/** sysexits' "service unavailable": how a tier's own program says, after a sentence why, that it can't run here. */
const cannotRun = 69

const [tier = 'quick', ...given] = process.argv.slice(2)
const configs = (tiers[tier]?.configs ?? []).map((name) => join('test', `jest.${name}.json`)).filter(isThere)
if (configs.length === 0 || !hasTests()) leave(`There are no tests of the tier "${tier}" yet.`)
const { transcript, args } = takeTranscript(given)
await setUp({ redis: true })
const code = await runTier()
if (code === cannotRun) leave(`The tier "${tier}" was not run: this machine lacks what it needs.`)
process.exit(code)

/** @returns {Promise<number>} */
function runTier() {
  const env = { ...environment(), ...(transcript ? { MESHFERRY_TRANSCRIPT: transcript } : {}) }
  // A tier that needs more around jest than jest itself brings its own program, which takes jest's arguments.
  const own = join('test', tier, 'run.ts')
  const command = isThere(own) ? [own, ...options()] : [...jest, ...options(), ...workers(), '--projects', ...configs]
  return runInherited(node24, [...command, ...reporters], { cwd: root, env })
}

/** The caller's first: jest takes every word after a list option as one more of the list. */
function options() {
  const results = process.env.MESHFERRY_RESULTS
  return [...args, '--passWithNoTests', ...(results ? ['--json', '--outputFile', results] : [])]
}

/**
 * At least two: with one, jest runs the tests in its own process, where a busy test silences the reporters and an open
 * connection keeps jest from ending. The quick tier waits more than it works, so that one more than there are cores fills the gaps.
 */
function workers() {
  const chosen = args.some((arg) => /^(-i|-w|--runInBand|--maxWorkers.*)$/.test(arg))
  const cores = availableParallelism()
  return chosen ? [] : [`--maxWorkers=${Math.max(2, tier === 'quick' ? cores + 1 : cores - 1)}`]
}

/** So that nothing is built for a tier without tests. */
function hasTests() {
  return ['src', 'test'].filter(isThere).some((folder) => {
    const files = readdirSync(join(root, folder), { recursive: true })
    return files.some((file) => String(file).endsWith(tiers[tier]?.ending ?? ''))
  })
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
