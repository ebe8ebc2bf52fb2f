import { describe, expect, test } from '@jest/globals'
import { after, approveBy, asked, installed, startBy, theCard, verdictOn } from '../../test/support/played-run.ts'
import { LEE, MEI, OUTSIDER, SRE, T0, aClick, aPolicy, aStanding, clickOn } from '../../test/support/run-builders.ts'
import { decide } from './decide.ts'
import type { RunEvent, Standing } from './event.ts'
import { codedOf } from './event.ts'

const DAY = 24 * 3_600_000
const run = asked()
const approve = approveBy(run)
const window = codedOf('OUTSIDE_WINDOW')

function approveWith(card: Partial<ReturnType<typeof clickOn>>, standing: Partial<Standing> = {}): RunEvent {
  return {
    kind: 'approve',
    click: aClick(MEI),
    card: { ...clickOn(theCard(run)), ...card },
    standing: aStanding('install', standing),
  }
}

describe('a click counts only on the card as it was shown, for the cluster as it is', () => {
  test.each<[string, RunEvent, string]>([
    ['as it was shown', approve, 'ok'],
    ['an unknown card', approveWith({ id: 'ap-01jd9q4t7h000000000000000z' }), 'CARD_UNKNOWN'],
    ['another digest', approveWith({ digest: '1'.repeat(64) }), 'CARD_STALE'],
    ['a revision that was never sent', approveWith({ revision: 7 }), 'CARD_STALE'],
    ['another plan', approveWith({ planHash: '1'.repeat(64) }), 'CARD_STALE'],
    ['another fingerprint on the card', approveWith({ fingerprint: '1'.repeat(64) }), 'CARD_STALE'],
    ['another cluster by now', approveWith({}, { fingerprint: 'e'.repeat(64) }), 'CLUSTER_CHANGED'],
    ['a closed gate', approveWith({}, { blocked: [codedOf('ALARM_OPEN')] }), 'ALARM_OPEN'],
    ['outside the window, which holds back only the start', approveWith({}, { blocked: [window] }), 'ok'],
  ])('%s', (_, event, expected) => {
    expect(verdictOn(run, event)).toBe(expected)
  })

  test.each([
    ['just before the card expires', DAY - 1, 'ok'],
    ['the moment it expires', DAY, 'CARD_EXPIRED'],
    ['long after', 10 * DAY, 'CARD_EXPIRED'],
  ])('%s', (_, later, expected) => {
    expect(verdictOn(run, approve, aPolicy(), T0 + later)).toBe(expected)
  })

  test('the signed request goes to the audit with its line, and not into the record', () => {
    const begun = after(run, approve)
    const line = begun.pending.find((effect) => effect.kind === 'audit' && effect.what.code === 'APPROVED')
    expect(line).toMatchObject({ who: MEI, request: aClick(MEI).signed })
    expect(JSON.stringify({ ...begun, pending: [] })).not.toContain('signature')
  })

  test('a changed cluster ends the card and names what changed, so that a new one comes', () => {
    const decided = decide(
      run,
      approveWith({}, { fingerprint: 'e'.repeat(64), fields: { 'tag/default/service': 'x' } }),
      aPolicy(),
      T0,
    )
    expect(decided.run?.cards[0]).toMatchObject({ state: 'superseded', decisions: [] })
    expect(decided.ok ? null : decided.refusal.facts['changed']).toEqual(['tag/default/service'])
  })

  test.each([
    ['more are needed', { need: 2, from: ['S0PLATFORM'] }],
    ['others are listed', { need: 1, from: ['S0PLATFORM', 'U0SRE'] }],
  ])('a policy by which %s voids the card at the click and by itself', (_, install) => {
    const policy = aPolicy({ approve: { ...aPolicy().approve, install } })
    expect(verdictOn(run, approve, policy)).toBe('POLICY_CHANGED')
    expect(after(run, { kind: 'policy-changed' }, policy).cards[0]?.state).toBe('superseded')
    expect(after(run, { kind: 'policy-changed' }).cards[0]?.state).toBe('pending')
  })
})

describe('from approvals to the start', () => {
  test('install starts at its last approval, but not outside the window', () => {
    expect(after(run, approve)).toMatchObject({ state: 'running', cards: [{ state: 'started' }] })
    const late = after(run, approveWith({}, { blocked: [window] }))
    expect(late).toMatchObject({ state: 'waiting', cards: [{ state: 'approved' }] })
    expect(late.pending.some(({ kind }) => kind === 'step')).toBe(false)
    const start = { ...startBy(late), standing: aStanding('install', { blocked: [window] }) } as RunEvent
    expect(verdictOn(late, start)).toBe('OUTSIDE_WINDOW')
    expect(after(late, startBy(late)).state).toBe('running')
  })

  test('the switch needs two people and waits for Start', () => {
    const pending = asked(installed())
    expect(verdictOn(pending, startBy(pending))).toBe('CARD_NOT_APPROVED_YET')
    const one = after(pending, approveBy(pending, SRE))
    expect(verdictOn(one, approveBy(one, SRE))).toBe('APPROVED_BY_YOU')
    const two = after(one, approveBy(one, MEI))
    expect(two).toMatchObject({ state: 'waiting' })
    expect(verdictOn(two, approveBy(two, MEI))).toBe('CARD_APPROVED_ALREADY')
    expect(verdictOn(two, startBy(two, OUTSIDER))).toBe('MAY_NOT_START')
    expect(verdictOn(two, startBy(two, LEE))).toBe('ok')
    expect(verdictOn(two, startBy(two), aPolicy(), T0 + DAY)).toBe('CARD_EXPIRED')
  })

  test('a click on a revision that was shown a moment ago counts too', () => {
    const pending = asked(installed())
    const first = approveBy(pending, MEI)
    expect(verdictOn(after(pending, approveBy(pending, SRE)), first)).toBe('ok')
  })
})

describe('after the end of a card', () => {
  const rejected = after(run, { kind: 'reject', click: aClick(MEI), card: clickOn(theCard(run)), reason: 'not now' })

  test('a rejection is final and keeps its reason', () => {
    expect(rejected.cards[0]?.decisions.at(-1)).toMatchObject({ verdict: 'reject', reason: 'not now', who: MEI })
    expect(verdictOn(rejected, approve)).toBe('CARD_REJECTED')
  })

  test.each([
    ['the requester asks again', LEE, 'ok'],
    ['an outsider asks again', OUTSIDER, 'MAY_NOT_ASK'],
  ])('%s', (_, who, expected) => {
    const id = 'ap-01jd9q4t7h0000000000000009'
    expect(verdictOn(rejected, { kind: 'ask-again', click: aClick(who), id, standing: aStanding('install') })).toBe(
      expected,
    )
  })

  test('nobody asks for a card that is open', () => {
    const id = 'ap-01jd9q4t7h0000000000000009'
    expect(verdictOn(run, { kind: 'ask-again', click: aClick(LEE), id, standing: aStanding('install') })).toBe(
      'CARD_OPEN_ALREADY',
    )
    expect(verdictOn(rejected, { kind: 'ask', id, standing: aStanding('install') })).toBe('CARD_NOT_WANTED')
  })
})
