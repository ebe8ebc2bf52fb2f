import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import type { SlackServer } from '../../../src/sandbox/slack-server/server.ts'
import { approvalSample } from '../../support/phase-samples.ts'
import { until as eventually } from '../../support/until.ts'
import { CHANNEL, chatStage, messageNotice, until, type Stage } from '../../support/chat-stage.ts'

let stage: Stage

beforeEach(async () => {
  stage = await chatStage()
})

afterEach(async () => {
  await stage.close()
})

jest.setTimeout(30_000)

const card = { ...approvalSample('usual', 'pending', 'switch'), approvers: ['S0MESH'] }

async function shown(revision: number): Promise<void> {
  await eventually(() => stage.memory.rows.get(card.id)?.shownRevision === revision)
}

const SCOPES = ['commands', 'chat:write', 'users:read', 'usergroups:read', 'channels:read', 'groups:read']

function withHistory(slack: SlackServer): void {
  slack.setScopes([...SCOPES, 'channels:history'])
}

const posts = () => stage.slack.calls('chat.postMessage').length
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a post whose reply was lost', () => {
  test('is found by its metadata where the history may be read, and edited from then on', async () => {
    withHistory(stage.slack)
    stage.slack.trouble.failNext('chat.postMessage', { dropReply: true })
    await stage.chat.handleNotice(messageNotice(card, 3))
    await shown(3)
    await stage.chat.handleNotice(messageNotice({ ...card, revision: 4 }, 4))
    await shown(4)
    const [message, ...copies] = stage.slack.messages(CHANNEL)
    expect(copies).toEqual([])
    expect(stage.memory.rows.get(card.id)).toMatchObject({ channel: CHANNEL, ts: message?.ts })
    expect(stage.memory.rows.get(card.id)?.unsure).toBeUndefined()
    expect((await stage.request('posted')).ask).toMatchObject({ ts: message?.ts })
  })

  test('is found by a bot that starts later, also when something newer is wanted by then', async () => {
    withHistory(stage.slack)
    stage.slack.trouble.failNext('chat.postMessage', { dropReply: true })
    stage.slack.trouble.failNext('conversations.history', { status: 503 }, 1000)
    await stage.chat.handleNotice(messageNotice(card, 3))
    await until(() => stage.memory.rows.get(card.id)?.unsure, 'an unsure row')
    await stage.chat.stop()
    const next = await chatStage({ slack: stage.slack, memory: stage.memory })
    stage.slack.trouble.clear()
    await next.chat.handleNotice(messageNotice({ ...card, revision: 4 }, 4))
    await shown(4)
    expect(stage.slack.messages(CHANNEL)).toHaveLength(1)
    expect(posts()).toBe(1)
    await next.close()
  })

  test('that is surely not there is posted again', async () => {
    withHistory(stage.slack)
    stage.slack.trouble.failNext('chat.postMessage', { status: 500 })
    await stage.chat.handleNotice(messageNotice(card, 3))
    await shown(3)
    expect(stage.slack.messages(CHANNEL)).toHaveLength(1)
    expect(posts()).toBe(2)
  })

  test('is posted once more where the history may not be read, and one of the two is adopted', async () => {
    stage.slack.trouble.failNext('chat.postMessage', { dropReply: true })
    await stage.chat.handleNotice(messageNotice(card, 3))
    await shown(3)
    expect(stage.slack.messages(CHANNEL)).toHaveLength(2)
    expect(stage.memory.rows.get(card.id)?.ts).toBe(stage.slack.messages(CHANNEL)[1]?.ts)
  })

  test('twice is not posted a third time; the copy that is clicked is adopted, and the click counts', async () => {
    stage.slack.trouble.failNext('chat.postMessage', { dropReply: true }, 10)
    await stage.chat.handleNotice(messageNotice(card, 3))
    await eventually(() => stage.log.some((line) => line.includes('was given up')))
    await pause(1000)
    expect(posts()).toBe(2)
    const [copy] = stage.slack.messages(CHANNEL)
    await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts: copy?.ts ?? '', actionId: 'approval.approve' })
    await stage.request('approve')
    expect(stage.memory.rows.get(card.id)).toMatchObject({ ts: copy?.ts, shownRevision: 3 })
    stage.slack.trouble.clear()
    await stage.chat.handleNotice(messageNotice({ ...card, revision: 4 }, 4))
    await shown(4)
    expect(stage.slack.messages(CHANNEL)).toHaveLength(2)
  })

  test('while Slack goes on losing everything, nothing more is posted', async () => {
    stage.slack.trouble.failNext('chat.postMessage', { dropReply: true })
    stage.slack.trouble.failNext('auth.test', { status: 502 })
    await stage.chat.handleNotice(messageNotice(card, 3))
    await until(() => stage.slack.calls('auth.test').length >= 2, 'a question')
    expect(posts()).toBe(1)
    await shown(3)
    expect(posts()).toBe(2)
  })

  test('a call that Slack surely did not carry out leaves nothing unsure', async () => {
    stage.slack.trouble.failNext('chat.postMessage', { status: 503 })
    await stage.chat.handleNotice(messageNotice(card, 3))
    await shown(3)
    expect(stage.slack.calls('conversations.history')).toEqual([])
    expect(posts()).toBe(2)
  })
})
