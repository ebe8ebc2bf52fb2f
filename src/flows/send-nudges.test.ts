import { expect, test } from '@jest/globals'
import { LEE, T0 } from '../../test/support/run-builders.ts'
import { NEW, recordOf, SWITCHED, told, toldTeams } from '../../test/support/told-teams.ts'
import type { Click } from '../upgrade/event.ts'
import { nudgeTeams } from './nudge-teams.ts'
import { sendNudges } from './send-nudges.ts'

const CLICK: Click = { request: 'rq-1', who: LEE, signed: { body: '', key: '', signature: '' } }
const ASK = { kind: 'send-nudges', run: SWITCHED.id, to: NEW } as const
const DAY_MS = 86_400_000
const HELD = recordOf({ payments: told() }, { preview: { revision: 1, shown: 'x', shownAtMs: T0, teams: 1 } })

test('that the first reminders may leave is saved before anybody is told, and the next look tells it', async () => {
  const { ctx, world } = toldTeams({ run: SWITCHED, states: HELD, nowMs: T0 + DAY_MS })
  expect(await sendNudges(ctx, CLICK, ASK)).toMatchObject({ ok: true, said: { code: 'NUDGES_SENT' } })
  expect([world.done, world.audited.map(({ code }) => code)]).toEqual([['saved'], ['NUDGES_SENT']])
  await nudgeTeams(ctx)
  const preview = world.notices.find(({ card }) => card.card === 'preview')
  expect(preview).toMatchObject({ revision: 2, card: { state: 'sent', sentBy: { user: 'U0LEE' } } })
  expect(world.notices.some(({ card }) => card.card === 'team' && card.kind === 'nudge')).toBe(true)
})

test('a worker that was killed before it told it is followed by one that does; then it is told no more', async () => {
  const first = toldTeams({ run: SWITCHED, states: HELD, nowMs: T0 + DAY_MS })
  await sendNudges(first.ctx, CLICK, ASK)
  const { ctx, world } = toldTeams({ run: SWITCHED, states: first.world.states, nowMs: T0 + DAY_MS })
  await nudgeTeams(ctx)
  await nudgeTeams(ctx)
  expect(world.notices.filter(({ card }) => card.card === 'preview')).toHaveLength(1)
  expect(world.states?.preview?.sent).toEqual({ user: 'U0LEE', atMs: T0 + DAY_MS })
})
