import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { hashOf } from '../../../src/kernel/hash.ts'
import type { ApprovalFacts } from '../../../src/wire/card-facts.ts'
import { approvalSample } from '../../support/phase-samples.ts'
import { CHANNEL, chatStage, messageNotice, until, verdictNotice, type Stage } from '../../support/chat-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await chatStage()
})

afterEach(async () => {
  await stage.close()
})

function card(state: ApprovalFacts['state'], revision = 3): ApprovalFacts {
  const facts = approvalSample('usual', state, 'switch')
  return { ...facts, revision, approvers: ['S0MESH'] }
}

async function posted(facts: ApprovalFacts, revision = facts.revision) {
  await stage.chat.handleNotice(messageNotice(facts, revision))
  return until(() => {
    const message = stage.slack.messages(CHANNEL)[0]
    return message && stage.memory.rows.get(facts.id)?.shownRevision === revision ? message : null
  }, 'the card')
}

async function said(user: string, pattern: RegExp): Promise<string> {
  return until(() => {
    const texts = stage.slack.ephemerals(user).map((message) => stage.slack.text(message))
    return texts.find((text) => pattern.test(text))
  }, `${user} to be told ${pattern.source}`)
}

describe('approving', () => {
  test('sends a signed request with the person, their groups and the card as it was drawn', async () => {
    const facts = card('pending')
    const { ts } = await posted(facts)
    const seen = await stage.slack.click({ user: 'U0MEI', channel: CHANNEL, ts, actionId: 'approval.approve' })
    expect(seen.acked).toBe(true)
    const request = await stage.request('approve')
    expect(request).toMatchObject({
      cluster: 'prod-a',
      channel: CHANNEL,
      who: { user: 'U0MEI', team: 'T0LOCAL', groups: ['S0MESH'], name: 'Mei' },
      ask: {
        card: {
          id: facts.id,
          revision: 3,
          digest: hashOf(1, facts),
          planHash: facts.planHash,
          fingerprint: facts.fingerprint,
        },
      },
    })
    await stage.chat.handleNotice(verdictNotice(request.id, true, 'APPROVED_NEEDS_MORE'))
    expect(await said('U0MEI', /已记录/)).toContain('1/2')
    expect(stage.slack.ephemerals('U0LEE')).toEqual([])
  })

  test('a verdict is told once, though its notice comes twice', async () => {
    const { ts } = await posted(card('pending'))
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.approve' })
    const { id } = await stage.request('approve')
    const verdict = verdictNotice(id, false, 'NOT_AN_APPROVER')
    await stage.chat.handleNotice(verdict)
    await stage.chat.handleNotice(verdict)
    expect(await said('U0SAM', /cannot decide/)).toContain('@mesh-approvers')
    expect(stage.slack.ephemerals('U0SAM')).toHaveLength(1)
  })

  test('a double click is two requests; a payload that comes again is one', async () => {
    const { ts } = await posted(card('pending'))
    const click = { user: 'U0MEI', channel: CHANNEL, ts, actionId: 'approval.approve' }
    const [first] = await stage.slack.doubleClick(click)
    await stage.request('approve', 2)
    await stage.slack.again(first)
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(stage.requests('approve')).toHaveLength(2)
    expect(new Set(stage.requests('approve').map((each) => each.nonce)).size).toBe(2)
  })

  test('the buttons are gone after the decision, and approvers are mentioned once', async () => {
    const { ts } = await posted(card('pending'))
    const first = JSON.stringify(stage.slack.message(CHANNEL, ts)?.versions[0]?.blocks)
    expect(first.split('<!subteam^S0MESH>')).toHaveLength(2)
    await stage.chat.handleNotice(messageNotice(card('approved', 4), 4))
    await until(() => stage.slack.message(CHANNEL, ts)?.versions.length === 2, 'the edit')
    await expect(
      stage.slack.click({ user: 'U0MEI', channel: CHANNEL, ts, actionId: 'approval.approve' }),
    ).rejects.toThrow()
    expect((await stage.slack.click({ user: 'U0MEI', channel: CHANNEL, ts, actionId: 'approval.start' })).acked).toBe(
      true,
    )
    expect((await stage.request('start')).ask).toMatchObject({ card: { revision: 4 } })
  })
})

describe('a click that is not what the bot drew', () => {
  test.each([
    ['another value', { value: 'ap-01jd9q4t7h0123456789abcdef.9' }],
    ['another approval', { value: 'ap-01jd9q4t7h0123456789abcdee.3' }],
    ['another revision in the block', { blockId: 'act.ap-01jd9q4t7h0123456789abcdef.9' }],
    ['another message', { payload: { container: { type: 'message', message_ts: '1.2', channel_id: CHANNEL } } }],
    ['another channel', { payload: { container: { type: 'message', message_ts: '1.2', channel_id: 'C0ELSE' } } }],
    ['no block of ours', { blockId: 'x' }],
  ])('%s changes nothing, is answered, and the card is drawn again', async (_, forge) => {
    const { ts } = await posted(card('pending'))
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.approve', forge })
    await said('U0SAM', /out of date/)
    if (!('blockId' in forge && forge.blockId === 'x'))
      await until(() => stage.slack.calls('chat.update')[0], 'a redraw')
    expect(stage.requests('approve')).toEqual([])
  })

  test('a second copy of a card, posted when a reply was lost, loses its buttons', async () => {
    const facts = card('pending')
    stage.slack.trouble.failNext('chat.postMessage', { dropReply: true })
    await posted(facts)
    const [copy, kept] = stage.slack.messages(CHANNEL)
    expect(kept?.ts).toBe(stage.memory.rows.get(facts.id)?.ts)
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts: copy?.ts ?? '', actionId: 'approval.approve' })
    await said('U0SAM', /out of date/)
    expect(stage.slack.text(stage.slack.messages(CHANNEL)[0] as never)).not.toContain('[Approve]')
    expect(stage.slack.text(stage.slack.messages(CHANNEL)[1] as never)).toContain('[Approve]')
    expect(stage.requests('approve')).toEqual([])
  })

  test('a card that the bot does not remember is asked for', async () => {
    const { ts } = await posted(card('pending'))
    stage.memory.rows.clear()
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.approve' })
    await said('U0SAM', /does not remember/)
    expect(await stage.request('repeat')).toMatchObject({ cluster: 'prod-a' })
  })
})

describe('who may click at all', () => {
  test.each([
    ['of another workspace', { teamId: 'T0OTHER' }, /another workspace/],
    ['a guest', { isRestricted: true }, /Guests/],
    ['a single-channel guest', { isUltraRestricted: true }, /Guests/],
    ['deleted', { deleted: true }, /not an active member/],
    ['invited only', { isInvitedUser: true }, /not an active member/],
    ['a bot', { isBot: true }, /Apps and bots/],
  ])('%s: refused before anything is sent', async (_, change, pattern) => {
    const { ts } = await posted(card('pending'))
    stage.slack.changeUser('U0SAM', change)
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.approve' })
    await said('U0SAM', pattern)
    expect(stage.requests('approve')).toEqual([])
  })

  test('a group that cannot be read refuses the click', async () => {
    const { ts } = await posted(card('pending'))
    stage.slack.trouble.failNext('usergroups.users.list', { error: 'internal_error' })
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.approve' })
    await said('U0SAM', /user group/)
    expect(stage.requests('approve')).toEqual([])
  })

  test('a membership that changed counts from the event on', async () => {
    const { ts } = await posted(card('pending'))
    const click = { user: 'U0LEE', channel: CHANNEL, ts, actionId: 'approval.approve' }
    await stage.slack.click(click)
    expect((await stage.request('approve')).who?.groups).toEqual([])
    stage.slack.changeGroup('S0MESH', { members: ['U0LEE'] })
    await stage.slack.event({ type: 'subteam_members_changed', subteam_id: 'S0MESH' })
    await stage.slack.click(click)
    expect((await stage.request('approve', 2)).who?.groups).toEqual(['S0MESH'])
  })
})

describe('rejecting', () => {
  async function opened(): Promise<void> {
    const { ts } = await posted(card('pending'))
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.reject' })
    await until(() => stage.slack.views('U0SAM')[0], 'the modal')
  }

  test('asks why, and sends the reason with the card', async () => {
    await opened()
    await stage.slack.submit({ user: 'U0SAM', values: { reason: 'payment freeze' } })
    const request = await stage.request('reject')
    expect(request.ask).toMatchObject({ reason: 'payment freeze', card: { revision: 3 } })
    await stage.chat.handleNotice(verdictNotice(request.id, true, 'REJECTED'))
    await said('U0SAM', /rejection/)
  })

  test('a card of which only counts changed meanwhile is rejected as it stands: nothing that was typed is lost', async () => {
    await opened()
    await stage.chat.handleNotice(messageNotice(card('pending', 4), 4))
    await stage.slack.submit({ user: 'U0SAM', values: { reason: 'payment freeze' } })
    expect((await stage.request('reject')).ask).toMatchObject({ reason: 'payment freeze', card: { revision: 4 } })
  })

  test('a card that was decided meanwhile is not rejected, and who decided is said', async () => {
    await opened()
    await stage.chat.handleNotice(messageNotice(card('started', 5), 5))
    await stage.slack.submit({ user: 'U0SAM', values: { reason: 'payment freeze' } })
    await said('U0SAM', /started[^]*Lee/)
    expect(stage.requests('reject')).toEqual([])
  })

  test.each([
    ['approval.reject', 'install'],
    ['approval.plan', 'install'],
    ['approval.approve', 'retire'],
  ] as const)(
    '“%s” of the phase %s that comes too late for a dialog is said, in one sentence',
    async (actionId, phase) => {
      const { ts } = await posted(approvalSample('usual', 'pending', phase))
      stage.slack.trouble.failNext('views.open', { error: 'expired_trigger_id' })
      await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId })
      await said('U0SAM', /please click again.*DIALOG_TOO_LATE/s)
      expect(stage.slack.views('U0SAM')).toEqual([])
    },
  )

  test.each([
    ['an HTTP 503', { status: 503 }],
    ['a fatal_error', { error: 'fatal_error' }],
    ['a 429 that is soon over', { retryAfter: 1 }],
  ])('a dialog opens in spite of %s', async (_, failure) => {
    const { ts } = await posted(approvalSample('usual', 'pending', 'install'))
    stage.slack.trouble.failNext('views.open', failure)
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.reject' })
    await until(() => stage.slack.views('U0SAM').length > 0, 'the dialog')
    expect(stage.slack.views('U0SAM')).toHaveLength(1)
  })

  test.each([
    ['a long 429', { retryAfter: 30 }],
    ['an outage', { status: 503 }],
  ])('a dialog that %s keeps back is said to be too late', async (_, failure) => {
    const { ts } = await posted(approvalSample('usual', 'pending', 'install'))
    stage.slack.trouble.failNext('views.open', failure, 100)
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.reject' })
    await said('U0SAM', /please click again.*DIALOG_TOO_LATE/s)
    expect(stage.slack.views('U0SAM')).toEqual([])
    stage.slack.trouble.clear()
  })

  test('blanks are no reason', async () => {
    await opened()
    const seen = await stage.slack.submit({ user: 'U0SAM', values: { reason: '     ' } })
    expect(JSON.stringify(seen.errors)).toContain('three characters')
  })
})

describe('looking at the plan', () => {
  test('opens the exact commands', async () => {
    const { ts } = await posted(card('pending'))
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.plan' })
    const view = await until(() => stage.slack.views('U0SAM')[0], 'the plan')
    expect(JSON.stringify(view.view)).toContain('kubectl apply -f undo.yaml')
  })
})
