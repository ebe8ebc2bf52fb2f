// Sums what the tiers noted: node scripts/tally.mjs FOLDER. Prints one last line and ends with 1 if anything failed.
// FOLDER holds TIER.code (the exit code of its command) and TIER.json (jest's results, when it came that far).
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2] ?? '.'
const sum = { passed: 0, failed: 0, skipped: 0 }
for (const file of readdirSync(folder).filter((name) => name.endsWith('.code'))) {
  const counts = countsOf(file.replace(/\.code$/, ''), Number(readFileSync(join(folder, file), 'utf8')))
  sum.passed += counts.passed
  sum.failed += counts.failed
  sum.skipped += counts.skipped
}
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''
console.log(`${sum.passed} passed, ${sum.failed} failed${skipped}`)
process.exit(sum.failed > 0 ? 1 : 0)

/**
 * @param {string} tier
 * @param {number} code
 */
function countsOf(tier, code) {
  const path = join(folder, `${tier}.json`)
  const json = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  const passed = json.numPassedTests ?? 0
  // A file that can't even be loaded has no tests to count, but is a failure all the same.
  const failed = (json.numFailedTests ?? 0) + (json.numRuntimeErrorTestSuites ?? 0)
  const skipped = (json.numPendingTests ?? 0) + (json.numTodoTests ?? 0)
  if (code !== 0 && failed === 0) return { passed, failed: 1, skipped }
  const empty = passed + failed + skipped === 0
  return { passed, failed, skipped: empty ? 1 : skipped }
}
