import { expect, test } from '@jest/globals'
import { aClick, aRun, MEI, T0 as RUN_T0 } from '../../test/support/run-builders.ts'
import { isoOf } from '../kernel/clock.ts'
import { API, record, workload } from '../restarts/parts-for-tests.ts'
import type { Restart } from '../wire/restarts.ts'
import type { Run } from '../wire/run.ts'
import { cancelRestart } from './cancel-restart.ts'
import { newRestarts } from './keep-restarts.ts'
import type { WorkerContext } from './worker-context.ts'

const NOW = RUN_T0 + 86_400_000
const RUN: Run = { ...aRun(), phase: 'retire', state: 'switched' }
const to = RUN.plan.to
const { stamp: _stamp, ...PLANNED } = record({ run: RUN.id, to, state: 'planned', due: isoOf(NOW), by: MEI.user })

/** A worker that brings restarts further and takes clicks, over one record; each touch of the outside lets the other go on. */
function aWorker(run: Run) {
  const world = { all: [PLANNED] as readonly Restart[], lines: [] as string[], patches: 0 }
  const clock = { now: () => NOW }
  const straggler = { ...API, team: 'payments', pods: 1, revisions: [], cause: { code: 'NOT_REDEPLOYED', facts: {} } }
  const census = { countedAt: isoOf(NOW), migration: { from: [], to: to.revision } }
  const ctx = {
    settings: {
      cluster: 'prod-a',
      channel: 'C0PROD',
      restarts: 'owners',
      times: { staleAfter: 60_000, restartDeadline: 1_200_000 },
      teams: { payments: { channel: 'C0PAY', members: [MEI.user] } },
    },
    clocks: { machine: clock, calendar: clock },
    runs: { current: () => ticks(12).then(() => run) },
    lastCensus: () => ({ census, seenMs: NOW, stragglers: [straggler] }),
    restarts: {
      read: async () => world.all,
      change: async (change: (before: readonly Restart[]) => readonly Restart[] | null) => {
        await ticks(2)
        world.all = change(world.all) ?? world.all
      },
    },
    cluster: {
      mayI: async () => true,
      get: async () => workload(),
      patchJson: async () => {
        world.patches += 1
      },
    },
    audit: {
      append: async ({ what }: { readonly what: { readonly code: string } }) => {
        await ticks(2)
        world.lines.push(what.code)
      },
    },
    store: { messages: async () => ({}) },
    queue: { addNotice: async () => undefined },
    log: { warn: () => undefined },
  } as unknown as WorkerContext
  return { world, ctx, look: newRestarts(ctx) }
}

async function ticks(count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await Promise.resolve()
}

const ASK = { kind: 'restart-cancel', run: RUN.id, team: 'payments', restart: PLANNED.id } as const

/** The click comes so many turns after the look at the picked time began. */
async function race(after: number, run = RUN) {
  const { world, ctx, look } = aWorker(run)
  const click = async () => {
    await ticks(after)
    return cancelRestart(ctx, aClick(MEI), ASK)
  }
  const [answer] = await Promise.all([click(), look()])
  await look()
  await look()
  return { said: answer.said?.code, state: world.all[0]?.state, ...world }
}

test('whoever takes a time back while it begins is told what is true, and so is the audit; never both', async () => {
  const ends = new Set<string>()
  for (let after = 0; after < 60; after += 1) {
    const { said, state, lines, patches } = await race(after)
    const taken = said === 'RESTART_TAKEN_BACK'
    ends.add(`${said}`)
    expect({ after, dropped: state === 'dropped', patches }).toEqual({ after, dropped: taken, patches: taken ? 0 : 1 })
    expect(lines.includes('RESTART_TAKEN_BACK')).toBe(taken)
    expect(lines.includes('RESTART_WRITTEN')).toBe(!taken)
    expect(lines).not.toContain('RESTART_DROPPED')
  }
  expect([...ends].toSorted()).toEqual(['RESTART_BEGUN', 'RESTART_TAKEN_BACK'])
})

test('some of these clicks came after a look that they could believe', async () => {
  const lost = []
  for (let after = 0; after < 60; after += 1) {
    const { said, lines } = await race(after)
    if (said === 'RESTART_BEGUN' && lines.includes('RESTART_TAKE_BACK_ASKED')) lost.push(after)
  }
  expect(lost.length).toBeGreaterThan(0)
})

test('nor does the audit say both where it is dropped meanwhile for another reason', async () => {
  const ends = new Set<string>()
  for (let after = 0; after < 60; after += 1) {
    const { said, state, lines } = await race(after, { ...RUN, state: 'returning' })
    const taken = said === 'RESTART_TAKEN_BACK'
    ends.add(`${said}`)
    expect(state).toBe('dropped')
    expect(lines.filter((code) => code !== 'RESTART_TAKE_BACK_ASKED')).toEqual([
      taken ? 'RESTART_TAKEN_BACK' : 'RESTART_DROPPED',
    ])
  }
  expect([...ends].toSorted()).toEqual(['RESTART_OVER_UNDONE', 'RESTART_TAKEN_BACK'])
})
