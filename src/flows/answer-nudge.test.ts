import { expect, test } from '@jest/globals'
import { LEE, OUTSIDER, T0 } from '../../test/support/run-builders.ts'
import { NEW, recordOf, SWITCHED, told, toldTeams } from '../../test/support/told-teams.ts'
import type { Click } from '../upgrade/event.ts'
import type { Person } from '../wire/person.ts'
import { answerNudge } from './answer-nudge.ts'
import type { KnownTeam, WorkerContext } from './worker-context.ts'

const MEMBER: Person = { ...OUTSIDER, user: 'U0SAM', groups: ['S0PAY'] }
const OWNED: KnownTeam = { channel: 'C0PAY', members: ['S0PAY'], contact: 'U0MEI' }
const OF = { run: SWITCHED.id, team: 'payments', to: NEW } as const
const SNOOZE = { kind: 'snooze', ...OF, until: new Date(T0 + 2 * 86_400_000).toISOString().slice(0, 10) } as const
const NOT_OURS = { kind: 'not-ours', ...OF } as const
const BACK = { kind: 'answer-back', ...OF } as const

function by(who: Person, request = 'rq-1'): Click {
  return { request, who, signed: { body: '', key: '', signature: '' } }
}

function worker(payments: KnownTeam = OWNED) {
  const reminded = told({ nudges: 1, shown: ['payments/Deployment/web'] })
  const { ctx, world } = toldTeams({ run: SWITCHED, states: recordOf({ payments: reminded }) })
  const asOwned = { ...ctx, settings: { ...ctx.settings, teams: { payments } } } as WorkerContext
  return { ctx: asOwned, world, state: () => world.states?.teams['payments'] }
}

test.each([
  ['a member', MEMBER, OWNED],
  ['who asked for the upgrade', LEE, OWNED],
  ['anybody of the channel, where no members are listed', OUTSIDER, { channel: 'C0PAY' }],
])('%s may put a reminder off, and take it back', async (_, who, team) => {
  const { ctx, world, state } = worker(team)
  expect(await answerNudge(ctx, by(who), SNOOZE)).toMatchObject({ ok: true, said: { code: 'TEAM_SNOOZED' } })
  expect(state()).toMatchObject({ snoozedUntil: SNOOZE.until, answeredNudge: 1 })
  expect(await answerNudge(ctx, by(who), BACK)).toMatchObject({ ok: true, said: { code: 'ANSWER_TAKEN_BACK' } })
  expect(state()).toEqual(told({ nudges: 1, answers: 2, unanswered: 0, shown: ['payments/Deployment/web'] }))
  expect(world.notices.map(({ revision }) => revision)).toEqual([2, 3])
  expect(world.notices[1]?.card).not.toHaveProperty('answered')
  expect(world.audited.map(({ code }) => code)).toEqual(['TEAM_SNOOZED', 'ANSWER_TAKEN_BACK'])
  expect(await answerNudge(ctx, by(who), BACK)).toMatchObject({ ok: false, said: { code: 'NUDGE_OUTDATED' } })
})

test('a stranger is told whom to ask, and silences nobody', async () => {
  const { ctx, world, state } = worker()
  const no = { ok: false, said: { code: 'MAY_NOT_ANSWER', facts: { team: 'payments', ask: 'U0MEI' } } }
  expect(await answerNudge(ctx, by(OUTSIDER), SNOOZE)).toMatchObject(no)
  await answerNudge(ctx, by(MEMBER), SNOOZE)
  expect(await answerNudge(ctx, by(OUTSIDER), BACK)).toMatchObject(no)
  expect(state()).toMatchObject({ snoozedUntil: SNOOZE.until })
  expect(world.notices).toHaveLength(1)
})

test('"not ours" of a stranger is told as one message, and ends no reminder', async () => {
  const { ctx, world, state } = worker()
  const before = state()
  const said = { ok: true, said: { code: 'NOT_OURS_OF_STRANGER' } }
  expect(await answerNudge(ctx, by(OUTSIDER), NOT_OURS)).toMatchObject(said)
  expect(await answerNudge(ctx, by(OUTSIDER, 'rq-2'), NOT_OURS)).toMatchObject(said)
  expect(state()).toEqual(before)
  expect(world.notices[0]).toMatchObject({ card: { card: 'disowned', outsider: true, by: OUTSIDER.user } })
  expect(new Set(world.notices.map(({ id }) => id)).size).toBe(1)
})

test('"not ours" of a member ends the reminders of what was named, until it is taken back', async () => {
  const { ctx, world, state } = worker()
  await answerNudge(ctx, by(MEMBER), NOT_OURS)
  expect(state()).toMatchObject({ notOurs: ['payments/Deployment/web'] })
  await answerNudge(ctx, by(MEMBER), BACK)
  expect(state()).not.toHaveProperty('notOurs')
  expect(world.notices.at(-1)?.card).toMatchObject({ kind: 'nudge', old: 2 })
})
