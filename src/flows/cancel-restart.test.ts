import { expect, test } from '@jest/globals'
import { aClick, LEE, MEI } from '../../test/support/run-builders.ts'
import { record, T0 } from '../restarts/parts-for-tests.ts'
import type { Person } from '../wire/person.ts'
import type { Restart } from '../wire/restarts.ts'
import { cancelRestart } from './cancel-restart.ts'
import type { WorkerContext } from './worker-context.ts'

const PLANNED = record({ state: 'planned' })

async function cancel(who: Person, one: Restart, change: { readonly restart?: string; readonly team?: string } = {}) {
  let all: readonly Restart[] = [one]
  const lines: string[] = []
  const ctx = {
    settings: {
      cluster: 'prod-a',
      teams: { payments: { channel: 'C0PAY', members: [MEI.user] }, shop: { channel: 'C0SHOP', members: [LEE.user] } },
    },
    clocks: { calendar: { now: () => T0 } },
    restarts: {
      read: async () => all,
      change: async (made: (before: readonly Restart[]) => readonly Restart[] | null) => void (all = made(all) ?? all),
    },
    audit: { append: async ({ what }: { readonly what: { readonly code: string } }) => void lines.push(what.code) },
  } as unknown as WorkerContext
  const ask = { kind: 'restart-cancel', run: one.run, team: one.team, restart: one.id, ...change } as const
  const answer = await cancelRestart(ctx, aClick(who), ask)
  return { said: answer.said?.code, now: all[0], lines }
}

test('somebody of the team takes a picked time back: dropped, told once more, and in the audit', async () => {
  const { said, now, lines } = await cancel(MEI, PLANNED)
  expect([said, lines]).toEqual(['RESTART_TAKEN_BACK', ['RESTART_TAKEN_BACK']])
  expect(now).toMatchObject({ state: 'dropped', because: { code: said }, revision: PLANNED.revision + 1 })
})

test.each([
  ['somebody of another team', LEE, PLANNED, {}, 'NOT_OF_THE_TEAM'],
  ['one of another team, as if it were theirs', LEE, PLANNED, { team: 'shop' }, 'RESTART_NO_TIME'],
  ['one of a team that nobody lists', LEE, PLANNED, { team: 'nobody' }, 'TEAM_HAS_NO_MEMBERS'],
  ['one that has begun', MEI, record({ state: 'asked' }), {}, 'RESTART_NO_TIME'],
  ['one that ended', MEI, record({ state: 'dropped' }), {}, 'RESTART_NO_TIME'],
  ['one that is not there', MEI, PLANNED, { restart: 'rq-01jd9q4t7hbbbbbbbbbbbbbbbb' }, 'RESTART_NO_TIME'],
] as const)('nothing is taken back: %s', async (_, who, one, change, why) => {
  const { said, now, lines } = await cancel(who, one, change)
  expect([said, now, lines]).toEqual([why, one, []])
})
