import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** jest's `--json`, as far as the tally of all tiers reads it. */
export type JestResults = {
  readonly testResults: readonly {
    /** Path of the test file. */
    readonly name: string
    readonly status: 'passed' | 'failed' | 'skipped'
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/** Files of which a test failed, or that could not be loaded. */
export function failedFiles({ testResults }: JestResults): readonly string[] {
  return testResults.flatMap(({ name, status }) => (status === 'failed' ? [name] : []))
}

/** What counts after failed files were walked once more: those as they came out then, all others as they were. */
export function merged(first: JestResults, again: JestResults) {
  const newer = new Map(again.testResults.map((file) => [file.name, file]))
  const testResults = first.testResults.map((file) => newer.get(file.name) ?? file)
  const all = testResults.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status))
  const unloaded = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    numPassedTests: all.filter((status) => status === 'passed').length,
    numFailedTests: all.filter((status) => status === 'failed').length,
    numPendingTests: all.filter((status) => status !== 'passed' && status !== 'failed').length,
    numRuntimeErrorTestSuites: unloaded.length,
    testResults,
  }
}

/**
 * In CI, where processes and clocks share a small machine, a journey that failed is walked once more: its whole file, on a
 * cluster of its own, because what a failed test left behind is no place to begin. Both walks are in the log. Without CI, or
 * without `--outputFile` among jest's arguments, every failure counts at once.
 */
export async function walkAgain(
  code: number,
  args: readonly string[],
  jest: (args: readonly string[]) => Promise<number>,
): Promise<number> {
  const at = args.indexOf('--outputFile')
  const file = args[at + 1]
  if (code === 0 || !process.env['CI'] || at === -1 || file === undefined || !existsSync(file)) return code
  const first = resultsOf(file)
  const failed = failedFiles(first)
  if (failed.length === 0) return code
  console.error(`\nWalked once more, each on a new cluster:\n${failed.join('\n')}\n`)
  const second = await jest([...args, '--runTestsByPath', ...failed])
  writeFileSync(file, JSON.stringify(merged(first, resultsOf(file))))
  return second
}

function resultsOf(file: string): JestResults {
  return JSON.parse(readFileSync(file, 'utf8')) as JestResults
}
