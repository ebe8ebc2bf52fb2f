import { describe, expect, test } from '@jest/globals'
import { OUTSIDER, T0 } from '../../test/support/run-builders.ts'
import { recordOf, RETURNING, SWITCHED, told, toldTeams } from '../../test/support/told-teams.ts'
import type { Click } from '../upgrade/event.ts'
import { nudgeTeams } from './nudge-teams.ts'
import { lineName } from './send-team-card.ts'
import { repeatConcerns } from './tell-concern.ts'
import { tellPlatform } from './tell-platform.ts'

const CLICK: Click = { request: 'rq-1', who: OUTSIDER, signed: { body: '', key: '', signature: '' } }
const HOUR_MS = 3_600_000

describe('what waited in a Redis that lost its memory', () => {
  test('a call for help goes out again under its name, of when it was called, until it is known where it stands', async () => {
    const first = toldTeams({ run: SWITCHED, states: recordOf({ payments: told() }) })
    await tellPlatform(first.ctx, CLICK, { kind: 'tell-platform', run: SWITCHED.id, team: 'payments' })
    const [help] = first.world.notices
    const states = first.world.states

    const lost = toldTeams({ run: SWITCHED, states, nowMs: T0 + HOUR_MS })
    await repeatConcerns(lost.ctx, SWITCHED)
    expect(lost.world.notices).toMatchObject([{ message: help?.message, confirm: true, card: { kind: 'help' } }])
    expect(lost.world.notices[0]?.card).toMatchObject({ at: '2026-03-02T10:00:00.000Z', by: 'U0OUT' })

    const shown = toldTeams({ run: SWITCHED, states, posted: [help?.message ?? ''] })
    await repeatConcerns(shown.ctx, SWITCHED)
    expect(shown.world.notices).toEqual([])
  })

  test('so does that a team does not answer, and what an older record has; nothing of another way', async () => {
    const states = recordOf({
      payments: told({ nudges: 3, silentAtMs: T0 }),
      shop: told({ raised: [{ user: 'U0OUT', atMs: T0 }] }),
    })
    const here = toldTeams({ run: SWITCHED, states })
    await repeatConcerns(here.ctx, SWITCHED)
    expect(here.world.notices.map(({ card }) => card)).toMatchObject([
      { kind: 'silent', team: 'payments', number: 3 },
      { kind: 'help', team: 'shop' },
    ])
    const back = toldTeams({ run: RETURNING, states })
    await repeatConcerns(back.ctx, RETURNING)
    expect(back.world.notices).toEqual([])
  })

  test('a reminder and a word at the switch that may never have been posted go out again, and are asked for', async () => {
    const states = recordOf({ payments: told({ nudges: 1 }), shop: told() }, { owed: true })
    const { ctx, world } = toldTeams({ run: SWITCHED, states, left: ['payments', 'shop'] })
    await nudgeTeams(ctx)
    expect(world.notices.map(({ message, confirm }) => [message, confirm])).toEqual([
      [lineName(SWITCHED, 'payments', 'nudge', { nudges: 1 }), true],
      [lineName(SWITCHED, 'shop', 'told', { nudges: 0 }), true],
    ])
    expect(world.states?.teams['payments']).toMatchObject({ nudges: 1 })
  })

  test('what is over or was followed by a reminder is not posted late', async () => {
    const states = recordOf({ payments: told({ nudges: 2, answeredNudge: 2 }), shop: told({ old: 0 }) }, { owed: true })
    const { ctx, world } = toldTeams({ run: SWITCHED, states })
    await nudgeTeams(ctx)
    expect(world.notices).toEqual([])
  })
})
