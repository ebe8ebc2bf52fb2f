import { expect, test } from '@jest/globals'
import { allowedFailures, parseErrorBudget } from './error-budget.ts'

test.each([
  ['0.1% over 5m', { share: 0.001, windowMs: 300_000 }],
  ['1 % over 90s', { share: 0.01, windowMs: 90_000 }],
  ['0% over 1h', { share: 0, windowMs: 3_600_000 }],
  ['51% over 5m', null],
  ['1% over soon', null],
  ['1% over 0s', null],
  ['1 over 5m', null],
  ['', null],
])('%j', (text, budget) => {
  expect(parseErrorBudget(text)).toEqual(budget)
})

test.each([
  ['1% over 5m', 1000, 3],
  ['0.1% over 5m', 1000, 0],
  ['0% over 5m', 1000, 0],
  ['50% over 10s', 500, 10],
])('%s at one each %d ms lets %d fail', (text, everyMs, allowed) => {
  const budget = parseErrorBudget(text)
  expect(budget && allowedFailures(budget, everyMs)).toBe(allowed)
})
