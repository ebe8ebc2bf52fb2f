import { expect, test } from '@jest/globals'
import { OUTSIDER, T0 } from '../../test/support/run-builders.ts'
import { NEW, recordOf, SWITCHED, told, toldTeams } from '../../test/support/told-teams.ts'
import type { Click } from '../upgrade/event.ts'
import type { TeamStates } from '../wire/team-states.ts'
import { answerNudge } from './answer-nudge.ts'
import { nudgeTeams } from './nudge-teams.ts'
import { lineName } from './send-team-card.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const CLICK: Click = { request: 'rq-1', who: OUTSIDER, signed: { body: '', key: '', signature: '' } }
const NOT_OURS = { kind: 'not-ours', run: SWITCHED.id, team: 'payments', to: NEW } as const
const MESSAGE = lineName(SWITCHED, 'payments', 'nudge', { nudges: 1 })

/** A worker that has just come, and knows what is saved; how many services of payments are left, and how long after the start. */
function worker(states: TeamStates | null, services: number, minutes: number) {
  const left = Array.from({ length: services }, () => 'payments')
  return toldTeams({ run: SWITCHED, states, left, nowMs: T0 + DAY + minutes * MINUTE })
}

/** Payments was just reminded of two services. */
async function reminded(): Promise<TeamStates | null> {
  const preview = { revision: 1, shown: '', shownAtMs: T0, teams: 1, sent: { user: 'U0LEE', atMs: T0 } }
  const { ctx, world } = worker(recordOf({ payments: told({ old: 4, answers: 2 }) }, { preview }), 2, 0)
  await nudgeTeams(ctx)
  expect(world.notices.map(({ message, revision }) => [message, revision])).toEqual([[MESSAGE, 3]])
  return world.states
}

test('is edited to what is left, saved before it is sent and sent by whichever worker comes then', async () => {
  const early = worker(await reminded(), 1, 9)
  await nudgeTeams(early.ctx)
  const owed = worker(early.world.states, 1, 10)
  await nudgeTeams(owed.ctx)
  expect([early.world.notices, owed.world.notices, owed.world.done]).toEqual([[], [], ['saved']])
  expect(owed.world.audited).toEqual([])
  const next = worker(owed.world.states, 1, 11)
  await nudgeTeams(next.ctx)
  expect(next.world.notices).toMatchObject([
    { message: MESSAGE, revision: 4, channel: 'C0PAY', card: { kind: 'nudge', old: 2, number: 1 } },
  ])
  await nudgeTeams(next.ctx)
  expect(next.world.notices).toHaveLength(1)

  // It was killed before it had saved that: the same is sent again, and what changed meanwhile as a newer one.
  const again = worker(owed.world.states, 1, 12)
  await nudgeTeams(again.ctx)
  expect(again.world.notices).toMatchObject([{ revision: 4, card: { old: 2 } }])
  const other = worker(owed.world.states, 3, 12)
  await nudgeTeams(other.ctx)
  await nudgeTeams(other.ctx)
  expect(other.world.notices).toMatchObject([{ revision: 5, card: { old: 6 } }])
})

test('an answer and the end come after every drawing, and an answered one is not drawn any more', async () => {
  const owed = worker(await reminded(), 1, 10)
  await nudgeTeams(owed.ctx)
  await answerNudge(owed.ctx, CLICK, NOT_OURS)
  expect(owed.world.notices[0]).toMatchObject({
    message: MESSAGE,
    revision: 5,
    card: { answered: { kind: 'not-ours' } },
  })
  const later = worker(owed.world.states, 2, 60)
  await nudgeTeams(later.ctx)
  expect(later.world.notices).toEqual([])

  const live = worker(await reminded(), 1, 10)
  await nudgeTeams(live.ctx)
  await nudgeTeams(live.ctx)
  const gone = worker(live.world.states, 0, 30)
  await nudgeTeams(gone.ctx)
  const closed = worker(gone.world.states, 0, 45)
  await nudgeTeams(closed.ctx)
  expect([live.world.notices[0]?.revision, closed.world.notices[0]?.revision]).toEqual([4, 5])
})

test('after a flush it is sent again if it shows what is left, else drawn anew without waiting', async () => {
  const states = await reminded()
  const after = async (services: number) => {
    const { ctx, world } = worker(states && { ...states, owed: true }, services, 1)
    await nudgeTeams(ctx)
    await nudgeTeams(ctx)
    return world.notices.filter(({ message }) => message === MESSAGE)
  }
  expect(await after(2)).toMatchObject([{ revision: 3, card: { old: 4 } }])
  expect(await after(1)).toMatchObject([{ revision: 4, card: { old: 2 } }])
})
