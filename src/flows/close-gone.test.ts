import { expect, test } from '@jest/globals'
import { OUTSIDER, T0 } from '../../test/support/run-builders.ts'
import { NEW, recordOf, SWITCHED, told, toldTeams } from '../../test/support/told-teams.ts'
import type { Click } from '../upgrade/event.ts'
import { answerNudge } from './answer-nudge.ts'
import { closeOtherWay } from './close-other-way.ts'
import { nudgeTeams } from './nudge-teams.ts'
import { lineName } from './send-team-card.ts'

const MINUTE = 60_000
const CLICK: Click = { request: 'rq-1', who: OUTSIDER, signed: { body: '', key: '', signature: '' } }
const NOT_OURS = { kind: 'not-ours', run: SWITCHED.id, team: 'payments', to: NEW } as const
const ANSWERED = told({ nudges: 2, answers: 3, answeredNudge: 2, old: 0, goneAtMs: T0 - 11 * MINUTE })

test('a reminder of which nothing is left is closed once, over every answer to it, and is in the audit', async () => {
  const { ctx, world } = toldTeams({ run: SWITCHED, states: recordOf({ payments: ANSWERED }), left: [] })
  await nudgeTeams(ctx)
  await nudgeTeams(ctx)
  const message = lineName(SWITCHED, 'payments', 'nudge', ANSWERED)
  expect(world.notices).toMatchObject([
    { message, revision: 5, channel: 'C0PAY', mention: [], card: { kind: 'nudge', gone: true, workloads: [] } },
  ])
  expect(world.audited).toMatchObject([{ code: 'TEAM_TOLD', facts: { team: 'payments', what: 'closed', old: 0 } }])
  expect(world.done).toEqual(['queued', 'saved'])
})

test('nothing is posted over it: not by an answer that was under way, nor when the upgrade ends', async () => {
  const { ctx, world } = toldTeams({ run: SWITCHED, states: recordOf({ payments: ANSWERED }), left: [] })
  await nudgeTeams(ctx)
  expect(await answerNudge(ctx, CLICK, NOT_OURS)).toMatchObject({ ok: false, said: { code: 'NUDGE_OUTDATED' } })
  await closeOtherWay(ctx, null)
  expect(world.notices).toHaveLength(1)
})

test('it waits for the pods of a moment ago', async () => {
  const states = recordOf({ payments: told({ nudges: 1 }) })
  const { ctx, world } = toldTeams({ run: SWITCHED, states, left: [] })
  await nudgeTeams(ctx)
  expect([world.notices, world.states?.teams['payments']?.goneAtMs]).toEqual([[], T0])
})
