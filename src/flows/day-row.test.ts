import { expect, test } from '@jest/globals'
import { isRowDue } from './day-row.ts'

const EVERY_MS = 600_000
const NOW = 1_000_000_000

test.each([
  ['a new day', { savedAtMs: 0, savedOld: null }, 5, true],
  ['a moment after it was saved', { savedAtMs: NOW - 1, savedOld: 5 }, 4, false],
  ['when its time is over', { savedAtMs: NOW - EVERY_MS, savedOld: 5 }, 5, true],
  ['the last pod has moved a moment after', { savedAtMs: NOW - 1, savedOld: 5 }, 0, true],
  ['nobody is left, as was saved', { savedAtMs: NOW - 1, savedOld: 0 }, 0, false],
  ['a pod came back to the old sidecar', { savedAtMs: NOW - 1, savedOld: 0 }, 1, false],
])('the row of a day: %s', (_, row, old, due) => {
  expect(isRowDue(row, old, NOW, EVERY_MS)).toBe(due)
})
