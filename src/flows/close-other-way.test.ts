import { describe, expect, test } from '@jest/globals'
import { OUTSIDER } from '../../test/support/run-builders.ts'
import { NEW, recordOf, RETURNING, SWITCHED, told, toldTeams } from '../../test/support/told-teams.ts'
import type { Click } from '../upgrade/event.ts'
import { answerNudge } from './answer-nudge.ts'
import { closeOtherWay } from './close-other-way.ts'
import { nudgeTeams } from './nudge-teams.ts'
import { lineName } from './send-team-card.ts'

const CLICK: Click = { request: 'rq-1', who: OUTSIDER, signed: { body: '', key: '', signature: '' } }
const OVER: typeof SWITCHED = { ...SWITCHED, state: 'done', endedAt: '2026-03-09T10:00:00.000Z' }
const NOT_OURS = { kind: 'not-ours', run: SWITCHED.id, team: 'payments' } as const
const nudgeOf = (team: string, nudges: number): string => lineName(SWITCHED, team, 'nudge', { nudges })

describe('reminders of an upgrade that went another way, or is over', () => {
  test.each([
    ['goes back', { run: RETURNING }],
    ['is over', { run: null, ended: OVER }],
  ])('%s: the live ones say so on their own message, once', async (_, where) => {
    const states = recordOf({ payments: told({ nudges: 2 }), shop: told({ nudges: 1, answers: 1, answeredNudge: 1 }) })
    const { ctx, world } = toldTeams({ ...where, states })
    await closeOtherWay(ctx, where.run)
    await closeOtherWay(ctx, where.run)
    expect(world.notices.map(({ message, revision, channel }) => [message, revision, channel])).toEqual([
      [nudgeOf('payments', 2), 2, 'C0PAY'],
      [nudgeOf('shop', 1), 3, 'C0SHOP'],
    ])
    expect(world.notices[0]?.card).toMatchObject({ replaced: true, over: true, to: { version: '1.31.0' } })
    expect(world.states?.teams).toEqual(states.teams)
  })

  test('thanks, and who was only told, stand as they are; and so does everything of this way', async () => {
    const still = recordOf({ payments: told({ nudges: 2, thanked: 2 }), shop: told() })
    const gone = toldTeams({ run: RETURNING, states: still })
    await closeOtherWay(gone.ctx, RETURNING)
    const here = toldTeams({ run: SWITCHED, states: recordOf({ payments: told({ nudges: 2 }) }) })
    await closeOtherWay(here.ctx, SWITCHED)
    expect([gone.world.notices, here.world.notices]).toEqual([[], []])
  })

  test('they are closed before the record of the other way begins, also by the first look', async () => {
    const { ctx, world } = toldTeams({ run: RETURNING, states: recordOf({ payments: told({ nudges: 1 }) }) })
    await nudgeTeams(ctx)
    expect(world.notices[0]).toMatchObject({ message: nudgeOf('payments', 1), card: { over: true } })
    expect(world.states).toMatchObject({ to: 'default', teams: { payments: { nudges: 0 } } })
  })
})

describe('an answer to a reminder of another way', () => {
  test.each([
    ['by the revision that it names', { ...NOT_OURS, to: NEW }, 1],
    ['from an older bot, where nobody was reminded on this way', NOT_OURS, 0],
  ])('%s: nothing is disowned, and nothing is posted', async (_, ask, nudges) => {
    const states = recordOf({ payments: told({ nudges }) }, { to: 'default' })
    const { ctx, world } = toldTeams({ run: RETURNING, states })
    expect(await answerNudge(ctx, CLICK, ask)).toMatchObject({ ok: false, said: { code: 'NUDGE_OUTDATED' } })
    expect([world.notices, world.states, world.audited]).toEqual([[], states, []])
  })

  test('one of this way is taken, with the revision and without', async () => {
    for (const ask of [NOT_OURS, { ...NOT_OURS, to: 'default' }]) {
      const states = recordOf({ payments: told({ nudges: 1 }) }, { to: 'default' })
      const { ctx, world } = toldTeams({ run: RETURNING, states })
      expect(await answerNudge(ctx, CLICK, ask)).toMatchObject({ ok: true, said: { code: 'TEAM_NOT_OURS' } })
      expect(world.states?.teams['payments']?.notOurs).toEqual(['payments/Deployment/web'])
    }
  })
})
