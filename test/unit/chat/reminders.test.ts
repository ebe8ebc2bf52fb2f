import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ApprovalFacts } from '../../../src/wire/card-facts.ts'
import type { Ask } from '../../../src/wire/request.ts'
import type { RemindNotice } from '../../../src/wire/notice.ts'
import { CHANNEL, chatStage, messageNotice, until, type Stage } from '../../support/chat-stage.ts'
import { approvalSample } from '../../support/phase-samples.ts'

const AT = '2026-11-24T09:00:00.000Z'
const card: ApprovalFacts = {
  ...approvalSample('usual', 'pending', 'switch'),
  approvers: ['S0MESH', 'U0MEI', 'U0LEE'],
}
const approvedBy = (user: string): ApprovalFacts => ({ ...card, revision: 4, approvedBy: [{ user, at: AT }] })

type Posted = Extract<Ask, { kind: 'posted' }>

let stage: Stage

beforeEach(async () => {
  stage = await chatStage()
})

afterEach(async () => {
  await stage.close()
})

function reminder(facts: ApprovalFacts, first: boolean): RemindNotice {
  return { v: 1, kind: 'remind', id: `r.${facts.revision}.${first}`, cluster: 'prod-a', at: AT, card: facts, first }
}

async function posted(facts: ApprovalFacts = card): Promise<void> {
  await stage.chat.handleNotice(messageNotice(facts, facts.revision))
  await until(() => stage.memory.rows.get(facts.id)?.shownRevision === facts.revision, 'the card')
}

function dms(): Readonly<Record<string, string[]>> {
  const of = (user: string): [string, string[]] => [user, stage.slack.dms(user).map((one) => stage.slack.text(one))]
  return Object.fromEntries(['U0MEI', 'U0SAM', 'U0LEE'].map(of))
}

async function settled(): Promise<void> {
  await until(
    () =>
      [...stage.memory.rows.values()].every(
        (row) => Math.max(row.shownRevision ?? -1, row.leftRevision ?? -1) === row.wantedRevision,
      ),
    'all',
  )
}

test('each approver gets one message with the way to the card, in their own language; the requester gets none', async () => {
  await posted()
  await stage.chat.handleNotice(reminder(card, true))
  await settled()
  const got = dms()
  expect([got['U0MEI']?.length, got['U0SAM']?.length, got['U0LEE']]).toEqual([1, 1, []])
  expect(got['U0SAM']?.[0]).toMatch(/prod-a.*switch injection[^]*waits for your decision: 0 of 2[^]*Decide by/)
  expect(got['U0MEI']?.[0]).toMatch(/切换注入[^]*等待你的决定：已批准 0\/2[^]*之前决定/)
  const ts = stage.slack.messages(CHANNEL)[0]?.ts.replace('.', '')
  expect(JSON.stringify(stage.slack.dms('U0SAM')[0])).toContain(`archives/${CHANNEL}/p${ts}`)
})

test('who approved already is left out', async () => {
  await posted(approvedBy('U0MEI'))
  await stage.chat.handleNotice(reminder(approvedBy('U0MEI'), true))
  await settled()
  expect([dms()['U0MEI'], dms()['U0SAM']?.length]).toEqual([[], 1])
})

test('a guest among the approvers may not decide, and is told nothing', async () => {
  stage.slack.changeUser('U0SAM', { isRestricted: true })
  await posted()
  await stage.chat.handleNotice(reminder(card, true))
  await settled()
  expect([dms()['U0MEI']?.length, dms()['U0SAM']]).toEqual([1, []])
})

test('a requester who may approve is reminded too', async () => {
  const own = { ...card, requesterMayApprove: true }
  await posted(own)
  await stage.chat.handleNotice(reminder(own, true))
  await settled()
  expect(dms()['U0LEE']).toHaveLength(1)
})

test('never twice: a notice that comes again, to another bot with the same memory', async () => {
  await posted()
  await stage.chat.handleNotice(reminder(card, true))
  await settled()
  const other = await chatStage({ slack: stage.slack, memory: stage.memory })
  await other.chat.handleNotice(reminder(card, true))
  await stage.chat.handleNotice(reminder(card, true))
  await settled()
  await other.close()
  expect(dms()['U0SAM']).toHaveLength(1)
})

test('not after it was decided, though the notice says that it waits', async () => {
  await posted({ ...card, revision: 5, state: 'approved', approvedBy: [{ user: 'U0MEI', at: AT }] })
  await stage.chat.handleNotice(reminder(card, true))
  await settled()
  expect(Object.values(dms()).flat()).toEqual([])
})

test('is tried again where Slack does not say who is in a group, and told once then', async () => {
  await posted()
  stage.slack.trouble.failNext('usergroups.users.list', { error: 'fatal_error' })
  await expect(stage.chat.handleNotice(reminder(card, true))).rejects.toThrow()
  expect(Object.values(dms()).flat()).toEqual([])
  await stage.chat.handleNotice(reminder(card, true))
  await settled()
  expect(dms()['U0SAM']).toHaveLength(1)
})

test('says in the same message that it is decided, and by whom; who got none gets none', async () => {
  await posted()
  await stage.chat.handleNotice(reminder(card, true))
  await settled()
  const decided: ApprovalFacts = {
    ...card,
    revision: 5,
    state: 'approved',
    approvedBy: ['U0LEE', 'U0MEI'].map((user) => ({ user, at: AT })),
  }
  await stage.chat.handleNotice(reminder(approvedBy('U0MEI'), false))
  await until(() => /Thank you|谢谢/.test(dms()['U0MEI']?.[0] ?? ''), 'thanks to Mei')
  await stage.chat.handleNotice(reminder(decided, false))
  await until(() => /is decided: approved by Mei|已决定：批准/.test(dms()['U0SAM']?.[0] ?? ''), 'the decision')
  expect([dms()['U0SAM']?.length, dms()['U0LEE']]).toEqual([1, []])
})

test('is not posted any more where Slack took it too late', async () => {
  await posted()
  stage.slack.trouble.failNext('chat.postMessage', { error: 'fatal_error' }, 2)
  await stage.chat.handleNotice(reminder(card, true))
  await until(() => stage.slack.calls('chat.postMessage').length === 3, 'two attempts')
  const decided: ApprovalFacts = { ...card, revision: 5, state: 'rejected', endedBy: { user: 'U0MEI', at: AT } }
  await stage.chat.handleNotice(reminder(decided, false))
  await settled()
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(Object.values(dms()).flat()).toEqual([])
})

test('after the memory was flushed a later change posts nothing anew', async () => {
  await posted()
  await stage.chat.handleNotice(reminder(card, true))
  await settled()
  stage.memory.rows.clear()
  await stage.chat.handleNotice(reminder(approvedBy('U0MEI'), false))
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(dms()['U0SAM']).toHaveLength(1)
})

const approved: ApprovalFacts = {
  ...card,
  revision: 5,
  state: 'approved',
  approvedBy: ['U0MEI', 'U0SAM'].map((user) => ({ user, at: AT })),
}
const toStart = (facts: ApprovalFacts, first: boolean): RemindNotice => ({
  ...reminder(facts, first),
  id: `s.${facts.revision}`,
  to: 'starter',
})

test('who asked is told that the approval waits for Start, with the way to the card, and later who started it; nobody else is', async () => {
  await posted(approved)
  await stage.chat.handleNotice(toStart(approved, true))
  await settled()
  expect(dms()['U0LEE']?.[0]).toMatch(/switch injection[^]*approved and waits for you: press Start[^]*Start by/)
  const ts = stage.slack.messages(CHANNEL)[0]?.ts.replace('.', '')
  expect(JSON.stringify(stage.slack.dms('U0LEE')[0])).toContain(`archives/${CHANNEL}/p${ts}`)
  const started = { ...approved, revision: 6, state: 'started' as const, startedBy: { user: 'U0MEI', at: AT } }
  await stage.chat.handleNotice(toStart(started, false))
  await until(() => /is decided and started by Mei/.test(dms()['U0LEE']?.[0] ?? ''), 'that it began')
  expect([dms()['U0LEE']?.length, dms()['U0MEI'], dms()['U0SAM']]).toEqual([1, [], []])
})

test.each([
  ['expired', /Nobody pressed Start in time/],
  ['withdrawn', /was withdrawn/],
] as const)('and the same message says what became of it: %s', async (state, words) => {
  await posted(approved)
  await stage.chat.handleNotice(toStart(approved, true))
  await settled()
  await stage.chat.handleNotice(toStart({ ...approved, revision: 6, state, endedAt: AT }, false))
  await until(() => words.test(dms()['U0LEE']?.[0] ?? ''), 'its end')
  expect(dms()['U0LEE']).toHaveLength(1)
})

test('an approval that was started by the time the notice came tells nobody to start it', async () => {
  await posted({ ...approved, revision: 6, state: 'started', startedBy: { user: 'U0MEI', at: AT } })
  await stage.chat.handleNotice(toStart(approved, true))
  await settled()
  expect(Object.values(dms()).flat()).toEqual([])
})

test('after the memory was flushed what stands there is edited, where the worker knows its place, and not posted again', async () => {
  await posted(approved)
  await stage.chat.handleNotice(toStart(approved, true))
  await settled()
  const { message, channel, ts, revision } = (await stage.request('posted', 2)).ask as Posted
  stage.memory.rows.clear()
  const places = { [message]: { channel, ts, revision } }
  await stage.chat.handleNotice({ ...toStart(approved, true), places })
  const started = { ...approved, revision: 6, state: 'started' as const, startedBy: { user: 'U0MEI', at: AT } }
  await stage.chat.handleNotice({ ...toStart(started, false), places })
  await until(() => /is decided and started by Mei/.test(dms()['U0LEE']?.[0] ?? ''), 'that it began')
  expect(dms()['U0LEE']).toHaveLength(1)
})

describe('a group of many', () => {
  const many = Array.from({ length: 45 }, (_, index) => `U0MANY${index}`)
  const ofMany: ApprovalFacts = { ...card, approvers: ['S0MANY'] }
  const told = (): readonly string[] => many.filter((user) => stage.memory.rows.has(`${card.id}.remind.${user}`))
  const asked = (): number => stage.slack.calls('users.info').length

  beforeEach(async () => {
    for (const id of many) stage.slack.addUser({ id, name: id.toLowerCase() })
    stage.slack.addGroup({ id: 'S0MANY', handle: 'many', members: many })
    await posted(ofMany)
  })

  test('where Slack has enough of being asked the others wait, and nobody who is known is asked for again', async () => {
    for (let i = 0; i < 20; i += 1) stage.slack.trouble.failNext('users.info', { delayMs: 1 })
    stage.slack.trouble.failNext('users.info', { retryAfter: 1 })
    await expect(stage.chat.handleNotice(reminder(ofMany, true))).rejects.toThrow('PERSON_UNREADABLE')
    const [first, calls] = [told().length, asked()]
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThan(many.length)
    await stage.chat.handleNotice(reminder(ofMany, true))
    expect(told()).toEqual(many)
    expect(asked() - calls).toBeLessThan(2 * (many.length - first) + 12)
  })

  test('of whom Slack does not say it now the others do not wait, and one whom it does not know holds up nobody', async () => {
    stage.slack.addGroup({ id: 'S0GONE', handle: 'gone', members: ['U0NOBODY', ...many] })
    stage.slack.trouble.failNext('users.info', { error: 'fatal_error' })
    const withGone = { ...ofMany, approvers: ['S0GONE'] }
    await expect(stage.chat.handleNotice(reminder(withGone, true))).rejects.toThrow('PERSON_UNREADABLE')
    expect(told().length).toBeGreaterThanOrEqual(many.length - 1)
    await stage.chat.handleNotice(reminder(withGone, true))
    expect(told()).toEqual(many)
  })
})
