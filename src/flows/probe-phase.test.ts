import { expect, test } from '@jest/globals'
import { aRun, T0 } from '../../test/support/run-builders.ts'
import { isoOf } from '../kernel/clock.ts'
import type { HttpProbes } from '../ports/http-probes.ts'
import type { Run } from '../wire/run.ts'
import { newPhaseProbes } from './probe-phase.ts'

const PROBED = { code: 'HTTP_PROBED', facts: { name: 'shop', requests: 1, failed: 0, allowed: 3, p50: 5, p99: 5 } }
const QUIET = new AbortController().signal

const PROBES: HttpProbes = {
  check: async () => [],
  open: async () => ({
    breached: QUIET,
    breach: () => null,
    settled: async () => null,
    sum: () => [PROBED],
    close: () => undefined,
  }),
}

const RUN: Run = {
  ...aRun(),
  state: 'running',
  progress: [{ id: 'p1', phase: 'switch', direction: 'forward', approvedBy: [], startedAt: isoOf(T0) }],
}

test('the sum of a phase that was watched from its beginning is that of the whole phase', async () => {
  const watch = await newPhaseProbes(PROBES).begun(RUN, T0 + 500)
  expect(watch?.sum()).toEqual([PROBED])
})

test('a worker that takes a phase up in its middle says since when it asked', async () => {
  const probes = newPhaseProbes(PROBES)
  const since = isoOf(T0 + 20_000)
  expect((await probes.begun(RUN, T0 + 20_000))?.sum()).toEqual([{ ...PROBED, facts: { ...PROBED.facts, since } }])
  expect((await probes.begun(RUN, T0 + 60_000))?.sum()[0]?.facts['since']).toBe(since)
})
