import { expect, test } from '@jest/globals'
import { aRun, T0 } from '../../test/support/run-builders.ts'
import { isoOf } from '../kernel/clock.ts'
import type { Run } from '../wire/run.ts'
import { mayHaveSwitched } from './switch-acted.ts'

const at = isoOf(T0)

/** A run in which these steps have begun, and whose progress tells of these phases. */
function began(phases: readonly ('install' | 'switch')[], steps: readonly string[]): Run {
  const run = aRun()
  return {
    ...run,
    steps: run.steps.map((step) => (steps.includes(step.id) ? { ...step, state: 'undone', startedAt: at } : step)),
    progress: phases.map((phase) => ({
      id: `progress-${phase}`,
      phase,
      direction: 'undo',
      approvedBy: [],
      startedAt: at,
    })),
  }
}

test.each([
  ['nothing has begun', began([], []), false],
  ['the install alone', began(['install'], ['install.install']), false],
  ['a switch that only saved', began(['install', 'switch'], ['switch.save']), false],
  ['a switch that wrote, undone since', began(['install', 'switch'], ['switch.save', 'switch.move-tag.default']), true],
  ['an undone switch whose steps made room for a new plan', began(['install', 'switch'], ['install.install']), true],
])('%s', (_, run, may) => {
  expect(mayHaveSwitched(run)).toBe(may)
})
