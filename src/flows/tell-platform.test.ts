import { describe, expect, test } from '@jest/globals'
import { LEE, OUTSIDER, T0 } from '../../test/support/run-builders.ts'
import { recordOf, RETURNING, SWITCHED, told, toldTeams } from '../../test/support/told-teams.ts'
import type { Click } from '../upgrade/event.ts'
import type { Person } from '../wire/person.ts'
import { nudgeTeams } from './nudge-teams.ts'
import { lineName } from './send-team-card.ts'
import { tellPlatform } from './tell-platform.ts'

const by = (who: Person): Click => ({ request: `rq-${who.user}`, who, signed: { body: '', key: '', signature: '' } })
const ask = (team: string) => ({ kind: 'tell-platform', run: SWITCHED.id, team }) as const

describe('somebody of a team needs the platform team', () => {
  test('while the upgrade goes back too, though its team was told nothing of that yet; once by each person', async () => {
    const { ctx, world } = toldTeams({ run: RETURNING, states: recordOf({ payments: told({ nudges: 1 }) }) })
    expect(await tellPlatform(ctx, by(OUTSIDER), ask('payments'))).toMatchObject({ said: { code: 'PLATFORM_TOLD' } })
    expect(world.audited.map(({ code }) => code)).toEqual(['PLATFORM_TOLD'])
    const help = world.notices.filter(({ card }) => card.card === 'concern')
    expect(help).toMatchObject([{ channel: 'C0PROD', mention: ['U0LEE'], card: { kind: 'help', team: 'payments' } }])
    expect(await tellPlatform(ctx, by(OUTSIDER), ask('payments'))).toMatchObject({
      ok: false,
      said: { code: 'PLATFORM_TOLD_BEFORE' },
    })
    expect(await tellPlatform(ctx, by(LEE), ask('payments'))).toMatchObject({ ok: true })
    expect(world.states?.teams).toEqual({})
  })

  test('the reminders of the way before are closed before its record is begun anew', async () => {
    const { ctx, world } = toldTeams({ run: RETURNING, states: recordOf({ payments: told({ nudges: 1 }) }) })
    await tellPlatform(ctx, by(OUTSIDER), ask('payments'))
    expect(world.notices[0]?.message).toBe(lineName(SWITCHED, 'payments', 'nudge', { nudges: 1 }))
  })

  test('who pressed is kept over a look, and the team is told of the way back as every other', async () => {
    const { ctx, world } = toldTeams({ run: RETURNING, states: null })
    await tellPlatform(ctx, by(OUTSIDER), ask('payments'))
    await nudgeTeams(ctx)
    expect(world.states).toMatchObject({
      teams: { payments: { nudges: 0 } },
      raised: { payments: [{ user: 'U0OUT' }] },
    })
    expect(world.notices.map(({ card }) => card.card)).toEqual(['concern', 'team'])
  })

  test('who had pressed by an older record is known, and whoever presses answers the reminders', async () => {
    const pressed = told({ nudges: 2, unanswered: 2, raised: [{ user: 'U0OUT', atMs: T0 }] })
    const { ctx, world } = toldTeams({ run: SWITCHED, states: recordOf({ payments: pressed }) })
    expect(await tellPlatform(ctx, by(OUTSIDER), ask('payments'))).toMatchObject({ ok: false })
    expect(await tellPlatform(ctx, by(LEE), ask('payments'))).toMatchObject({ ok: true })
    expect(world.states?.teams['payments']?.unanswered).toBe(0)
    expect(world.states?.raised?.['payments']?.map(({ user }) => user)).toEqual(['U0OUT', 'U0LEE'])
  })

  test('of an upgrade that is over nobody is told', async () => {
    const { ctx, world } = toldTeams({ run: null, states: null })
    expect(await tellPlatform(ctx, by(OUTSIDER), ask('payments'))).toMatchObject({
      said: { code: 'PLATFORM_NOT_TOLD' },
    })
    expect([world.notices, world.audited]).toEqual([[], []])
  })
})
