import { expect, test } from '@jest/globals'
import { isoOf } from '../kernel/clock.ts'
import type { Census } from '../wire/census.ts'
import { freshCensus } from './fresh-census.ts'
import { newCensusMemory, takeCensus } from './take-census.ts'
import type { Taken, WorkerContext } from './worker-context.ts'

const MACHINE = Date.parse('2026-11-24T09:00:00Z')
/** As in the demo, whose calendar goes faster. */
const CALENDAR = Date.parse('2026-12-04T09:00:00Z')
const AGE_MS = 4000
const MESH = { namespaces: [], mutatingWebhooks: [], services: [], endpoints: [], istioNamespace: 'istio-system' }
const sight = {
  now: async () => ({ seen: { pods: [], owners: new Map(), workloads: new Map(), teamLabel: 'team' }, ageMs: AGE_MS }),
  close: () => undefined,
}

function aContext() {
  const world = { taken: null as Taken | null, machineMs: MACHINE }
  const ctx = {
    settings: {
      cluster: 'prod-a',
      timezone: 'UTC',
      istioNamespace: 'istio-system',
      times: { dayEvery: 600_000, istiodsEvery: 60_000, staleAfter: 60_000 },
    },
    clocks: { machine: { now: () => world.machineMs }, calendar: { now: () => CALENDAR } },
    cluster: { list: async () => [] },
    lastMesh: () => MESH,
    lastCensus: () => world.taken,
    keepCensus: (taken: Taken | null) => void (world.taken = taken),
    readModel: { putStragglers: async () => undefined },
    censusStore: { days: async () => [], saveDay: async () => undefined },
    log: { warn: () => undefined },
  } as unknown as WorkerContext
  return { ctx, world }
}

test('people read the calendar’s time of a count; how old it may be is judged by the machine’s', async () => {
  const { ctx, world } = aContext()
  const migration: Census['migration'] = { from: ['default'], to: '1-31-0' }
  const taken = await takeCensus(ctx, sight, migration, newCensusMemory())
  expect(taken?.census.countedAt).toBe(isoOf(CALENDAR - AGE_MS))
  expect(taken?.seenMs).toBe(MACHINE - AGE_MS)
  world.machineMs = MACHINE + 50_000
  expect(freshCensus(ctx)).toBe(taken)
  world.machineMs = MACHINE + 57_000
  expect(freshCensus(ctx)).toBeNull()
})
