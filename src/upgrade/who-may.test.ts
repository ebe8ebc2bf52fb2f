import { describe, expect, test } from '@jest/globals'
import { asked } from '../../test/support/played-run.ts'
import { LEE, MEI, OUTSIDER, SRE, aPerson, aPolicy } from '../../test/support/run-builders.ts'
import { isListed, mayApprove, mayReject, mayRequest, mayRollBack, mayStart, mayStop } from './who-may.ts'

const run = asked()
const [card] = run.cards
if (!card) throw new Error('no card')
const own = (allowed: boolean) => aPolicy({ rollback: { from: ['U0SRE'], own: allowed } })
const NOBODY = { install: { need: 1, from: [] }, switch: { need: 1, from: [] } }

test.each([
  ['by id', 'U0SRE', [], ['U0SRE'], true],
  ['by a group', 'U0X', ['S0PLATFORM'], ['S0PLATFORM'], true],
  ['by the second of two groups', 'U0X', ['S0A', 'S0B'], ['S0B'], true],
  ['by neither', 'U0X', ['S0A'], ['S0B', 'U0Y'], false],
  ['on an empty list', 'U0X', ['S0A'], [], false],
  ['a group that is called like a person', 'S0B', [], ['U0Y'], false],
])('listed %s', (_, user, groups, list, expected) => {
  expect(isListed(aPerson(user, groups), list)).toBe(expected)
})

describe('approving', () => {
  test.each([
    ['a listed person', MEI, aPolicy(), null],
    ['an outsider', OUTSIDER, aPolicy(), 'NOT_AN_APPROVER'],
    ['somebody listed for another phase only', SRE, aPolicy(), 'NOT_AN_APPROVER'],
    ['the requester', LEE, aPolicy(), 'SELF_APPROVAL'],
    ['the requester, where that is allowed', LEE, aPolicy({ requesterMayApprove: true }), null],
    ['anybody, where nobody is listed', MEI, aPolicy({ approve: NOBODY }), 'NO_APPROVERS'],
    ['the requester, where nobody is listed', LEE, aPolicy({ approve: NOBODY }), 'NO_APPROVERS'],
  ])('%s', (_, who, policy, code) => {
    expect(mayApprove(policy, run, card, who)?.code ?? null).toBe(code)
  })

  test('nobody counts twice', () => {
    const decision = {
      verdict: 'approve',
      who: MEI,
      at: card.createdAt,
      request: { body: '', key: '', signature: '' },
    } as const
    expect(mayApprove(aPolicy(), run, { ...card, decisions: [decision] }, MEI)?.code).toBe('APPROVED_BY_YOU')
  })
})

describe('the rest of what people do', () => {
  const none = aPolicy({ request: [], rollback: { from: [], own: true }, approve: NOBODY })
  test.each([
    ['ask', mayRequest(aPolicy(), LEE), null],
    ['ask, unlisted', mayRequest(aPolicy(), OUTSIDER), 'MAY_NOT_ASK'],
    ['ask, where nobody is listed', mayRequest(none, LEE), 'NOBODY_MAY_ASK'],
    ['reject', mayReject(aPolicy(), run, card, MEI), null],
    ['reject the own wish', mayReject(none, run, card, LEE), null],
    ['reject, unlisted', mayReject(aPolicy(), run, card, OUTSIDER), 'NOT_AN_APPROVER'],
    ['start as the requester', mayStart(none, run, card, LEE), null],
    ['start as an approver', mayStart(aPolicy(), run, card, MEI), null],
    ['start, unlisted', mayStart(aPolicy(), run, card, OUTSIDER), 'MAY_NOT_START'],
    ['stop as somebody listed for any phase', mayStop(aPolicy(), run, SRE), null],
    ['stop as the requester, where nobody is listed', mayStop(none, run, LEE), null],
    ['stop, unlisted', mayStop(aPolicy(), run, OUTSIDER), 'MAY_NOT_STOP'],
    ['roll back', mayRollBack(aPolicy(), run, MEI), null],
    ['roll back as the requester, when listed', mayRollBack(aPolicy(), run, LEE), null],
    ['roll back the own wish, unlisted, where that is allowed', mayRollBack(own(true), run, LEE), null],
    ['roll back the own wish, unlisted, where it is not', mayRollBack(own(false), run, LEE), 'MAY_NOT_ROLL_BACK'],
    ['roll back, unlisted', mayRollBack(aPolicy(), run, OUTSIDER), 'MAY_NOT_ROLL_BACK'],
    ['roll back, where nobody is listed', mayRollBack(none, run, MEI), 'NOBODY_MAY_ROLL_BACK'],
  ])('%s', (_, refused, code) => {
    expect(refused?.code ?? null).toBe(code)
  })
})
