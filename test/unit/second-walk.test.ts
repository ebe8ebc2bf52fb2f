import { expect, test } from '@jest/globals'
import { failedFiles, merged, type JestResults } from '../cluster/second-walk.ts'

type File = JestResults['testResults'][number]

function file(name: string, ...statuses: readonly string[]): File {
  const status = statuses.length === 0 || statuses.includes('failed') ? 'failed' : 'passed'
  return { name, status, assertionResults: statuses.map((one) => ({ status: one })) }
}

const FIRST: JestResults = {
  testResults: [file('a', 'passed', 'failed', 'pending'), file('b', 'passed'), file('broken')],
}

test('walked again are files of which a test failed, and those that could not be loaded', () => {
  expect(failedFiles(FIRST)).toEqual(['a', 'broken'])
})

test('what was walked again counts as it came out then, all else as it was', () => {
  const again: JestResults = { testResults: [file('a', 'passed', 'passed', 'pending'), file('broken')] }
  expect(merged(FIRST, again)).toMatchObject({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    numRuntimeErrorTestSuites: 1,
  })
})

test('a file that fails again is a failure', () => {
  expect(merged(FIRST, { testResults: [file('a', 'failed'), file('broken', 'passed')] })).toMatchObject({
    numPassedTests: 2,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 0,
  })
})
