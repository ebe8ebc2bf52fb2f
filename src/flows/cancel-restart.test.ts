import { expect, test } from '@jest/globals'
import { aClick, LEE, MEI, SRE } from '../../test/support/run-builders.ts'
import { record, T0 } from '../restarts/parts-for-tests.ts'
import type { Person } from '../wire/person.ts'
import type { Restart } from '../wire/restarts.ts'
import { cancelRestart } from './cancel-restart.ts'
import type { WorkerContext } from './worker-context.ts'

const PLANNED = record({ state: 'planned' })

type Change = { readonly restart?: string; readonly team?: string; readonly run?: string }

/** `meanwhile` is what became of it between the look and the write. */
async function cancel(who: Person, one: Restart, change: Change = {}, meanwhile: Restart = one) {
  let all: readonly Restart[] = [meanwhile]
  const lines: string[] = []
  const ctx = {
    settings: {
      cluster: 'prod-a',
      teams: {
        payments: { channel: 'C0PAY', members: [MEI.user, SRE.user] },
        shop: { channel: 'C0SHOP', members: [LEE.user] },
      },
    },
    clocks: { calendar: { now: () => T0 } },
    restarts: {
      read: async () => [one],
      change: async (made: (before: readonly Restart[]) => readonly Restart[] | null) => void (all = made(all) ?? all),
    },
    audit: { append: async ({ what }: { readonly what: { readonly code: string } }) => void lines.push(what.code) },
  } as unknown as WorkerContext
  const ask = { kind: 'restart-cancel', run: one.run, team: one.team, restart: one.id, ...change } as const
  const answer = await cancelRestart(ctx, aClick(who), ask)
  return { ok: answer.ok, said: answer.said?.code, by: answer.said?.facts['by'], now: all[0], lines }
}

test('somebody of the team takes a picked time back: dropped, told once more, and the click is in the audit', async () => {
  const { said, now, lines } = await cancel(MEI, PLANNED)
  expect([said, lines]).toEqual(['RESTART_TAKEN_BACK', ['RESTART_TAKE_BACK_ASKED']])
  expect(now).toMatchObject({ state: 'dropped', because: { code: said }, revision: PLANNED.revision + 1 })
})

test.each([
  ['somebody of another team', LEE, PLANNED, {}, 'NOT_OF_THE_TEAM'],
  ['one of another team, as if it were theirs', LEE, PLANNED, { team: 'shop' }, 'RESTART_NO_TIME'],
  ['one of a team that nobody lists', LEE, PLANNED, { team: 'nobody' }, 'TEAM_HAS_NO_MEMBERS'],
  ['one that has begun', MEI, record({ state: 'asked' }), {}, 'RESTART_BEGUN'],
  ['one that goes on', MEI, record({ state: 'running' }), {}, 'RESTART_BEGUN'],
  ['one that is done', MEI, record({ state: 'done' }), {}, 'RESTART_OVER_WELL'],
  ['one that failed', MEI, record({ state: 'failed' }), {}, 'RESTART_OVER_BADLY'],
  ['one that was dropped', MEI, record({ state: 'dropped' }), {}, 'RESTART_OVER_UNDONE'],
  ['one of another run', MEI, PLANNED, { run: 'run-01jd9q4t7hbbbbbbbbbbbbbbbb' }, 'RESTART_NO_TIME'],
  ['one that is not there', MEI, PLANNED, { restart: 'rq-01jd9q4t7hbbbbbbbbbbbbbbbb' }, 'RESTART_NO_TIME'],
] as const)('nothing is taken back: %s', async (_, who, one, change, why) => {
  const { said, now, lines } = await cancel(who, one, change)
  expect([said, now, lines]).toEqual([why, one, []])
})

const TAKEN_BACK = record({
  state: 'dropped',
  because: { code: 'RESTART_TAKEN_BACK', facts: { workload: 'shop/Deployment/api', by: MEI.user } },
})

test('the same person, and a request that comes again after the worker was killed, is told the same again', async () => {
  const first = await cancel(MEI, PLANNED)
  const again = await cancel(MEI, first.now ?? PLANNED)
  expect(again).toEqual({ ok: true, said: 'RESTART_TAKEN_BACK', by: MEI.user, now: first.now, lines: [] })
})

test('a second person is told who was quicker', async () => {
  expect(await cancel(SRE, TAKEN_BACK)).toEqual({
    ok: false,
    said: 'RESTART_TAKEN_BACK_ALREADY',
    by: MEI.user,
    now: TAKEN_BACK,
    lines: [],
  })
})

test.each([
  ['it begins', MEI, record({ state: 'asked' }), false, 'RESTART_BEGUN'],
  ['a colleague takes it back', SRE, TAKEN_BACK, false, 'RESTART_TAKEN_BACK_ALREADY'],
  ['the first click of the same person is dealt with', MEI, TAKEN_BACK, true, 'RESTART_TAKEN_BACK'],
  ['it ends otherwise', MEI, record({ state: 'dropped' }), false, 'RESTART_OVER_UNDONE'],
] as const)('between the look and the write %s: it stays as it is, and that is said', async (_, who, now, ok, said) => {
  expect(await cancel(who, PLANNED, {}, now)).toMatchObject({ ok, said, now })
})
