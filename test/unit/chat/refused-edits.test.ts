import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { deliverer } from '../../../src/chat/deliver.ts'
import { outbox } from '../../../src/chat/outbox.ts'
import type { SlackServer } from '../../../src/sandbox/slack-server/server.ts'
import type { CardFacts } from '../../../src/wire/card-facts.ts'
import type { MessageNotice } from '../../../src/wire/notice.ts'
import { CHANNEL, FALLBACK, localSlack, messageNotice } from '../../support/chat-stage.ts'
import { ownChat, type OwnChat } from '../../support/own-chat.ts'
import { progressSample } from '../../support/phase-samples.ts'

const START_MS = Date.parse('2026-11-24T09:00:00.000Z')
const HOUR_MS = 3_600_000

let slack: SlackServer
let nowMs: number
let own: OwnChat

beforeEach(async () => {
  slack = await localSlack()
  nowMs = START_MS
  own = await ownChat(slack, { now: () => nowMs })
})

afterEach(async () => {
  await slack.close()
})

const progress = progressSample('usual', 'running')
const running = (line: string): CardFacts => ({ ...progress, steps: progress.steps.map((step) => ({ ...step, line })) })

/** Wanted as the outbox saves it, without the outbox' own timers: the test looks when it likes. */
async function want(revision: number, card: CardFacts, more: Partial<MessageNotice> & { readonly message: string }) {
  const at = new Date(nowMs).toISOString()
  const out = outbox(own.chat, () => Promise.resolve(null))
  await out.want(messageNotice(card, revision, { at, ...more }))
  await out.stop()
}

const edits = (): number => slack.calls('chat.update').length
const posts = (): number => slack.calls('chat.postMessage').length

describe('429 on an edit', () => {
  test('holds back the edits of its channel for as long as Slack says, and neither posts there nor edits elsewhere', async () => {
    const deliver = deliverer(own.chat)
    for (const message of ['one', 'two']) await want(1, running('a'), { message })
    await want(1, running('a'), { message: 'elsewhere', channel: FALLBACK })
    for (const message of ['one', 'two', 'elsewhere']) expect(await deliver(message, false)).toBeNull()
    nowMs += 5000
    for (const message of ['one', 'two']) await want(2, running('b'), { message })
    await want(2, running('b'), { message: 'elsewhere', channel: FALLBACK })
    slack.trouble.failNext('chat.update', { retryAfter: 30 })

    expect(await deliver('one', false)).toBe(30_000)
    expect(await deliver('two', false)).toBe(30_000)
    expect(edits()).toBe(1)
    expect(await deliver('elsewhere', false)).toBeNull()
    expect(edits()).toBe(2)
    await want(1, running('new'), { message: 'three' })
    expect(await deliver('three', false)).toBeNull()
    expect(posts()).toBe(4)

    nowMs += 29_000
    await want(3, running('c'), { message: 'one' })
    expect(await deliver('one', false)).toBe(1000)
    expect(edits()).toBe(2)
    nowMs += 1000
    for (const message of ['one', 'two']) expect(await deliver(message, false)).toBeNull()
    expect(edits()).toBe(4)
    expect(slack.calls('chat.update').at(-2)?.args['metadata']).toContain('"revision":3')
  })

  test('on a post holds back no edit of the same channel', async () => {
    const deliver = deliverer(own.chat)
    await want(1, running('a'), { message: 'one' })
    expect(await deliver('one', false)).toBeNull()
    nowMs += 5000
    slack.trouble.failNext('chat.postMessage', { retryAfter: 30 })
    await want(1, running('a'), { message: 'two' })
    expect(await deliver('two', false)).toBe(30_000)
    await want(2, running('b'), { message: 'one' })
    expect(await deliver('one', false)).toBeNull()
    expect(edits()).toBe(1)
  })

  test('is no failure: it neither begins the day nor lengthens the wait after a failure', async () => {
    const deliver = deliverer(own.chat)
    await want(1, running('a'), { message: 'one' })
    await deliver('one', false)
    nowMs += 5000
    await want(2, running('b'), { message: 'one' })
    slack.trouble.failNext('chat.update', { retryAfter: 30 }, 20)
    for (let i = 0; i < 20; i += 1) nowMs += (await deliver('one', false)) ?? 0
    slack.trouble.failNext('chat.update', { status: 503 })
    expect(await deliver('one', false)).toBeLessThanOrEqual(2000)
    expect((await own.memory.row('one'))?.failingSince).toBe(nowMs)
  })
})

describe('an edit that Slack does not take', () => {
  test.each([
    ['its 503', () => slack.trouble.failNext('chat.update', { status: 503 }, 100_000)],
    ['its own error', () => slack.trouble.failNext('chat.update', { error: 'fatal_error' }, 100_000)],
    ['a lost reply', () => slack.trouble.failNext('chat.update', { dropReply: true }, 100_000)],
  ])('(%s) is tried with growing, uneven waits for a day, then given up with one loud line', async (_, fail) => {
    const deliver = deliverer(own.chat)
    await want(1, running('a'), { message: 'one' })
    await deliver('one', false)
    nowMs += 5000
    const begun = nowMs
    await want(2, running('b'), { message: 'one' })
    fail()
    const waits: number[] = []
    for (let wait = await deliver('one', false); wait !== null; wait = await deliver('one', false)) {
      waits.push(wait)
      nowMs += waits.length < 14 ? wait : HOUR_MS
    }
    waits.slice(0, 14).forEach((wait, i) => {
      const most = Math.min(60_000, 1000 * 2 ** (i + 1))
      expect(wait).toBeGreaterThanOrEqual(most / 2)
      expect(wait).toBeLessThanOrEqual(most)
    })
    expect(new Set(waits.slice(6, 14)).size).toBeGreaterThan(1)
    expect(nowMs - begun).toBeGreaterThanOrEqual(24 * HOUR_MS)
    expect(own.log.filter((line) => line.includes('was given up'))).toHaveLength(1)
    expect(posts()).toBe(1)

    slack.trouble.clear()
    await want(3, running('c'), { message: 'one' })
    expect(await deliver('one', false)).toBeNull()
    expect(slack.messages(CHANNEL)).toHaveLength(1)
  })

  test('waits one second again after one that Slack took', async () => {
    const deliver = deliverer(own.chat)
    await want(1, running('a'), { message: 'one' })
    await deliver('one', false)
    nowMs += 5000
    await want(2, running('b'), { message: 'one' })
    slack.trouble.failNext('chat.update', { status: 503 }, 8)
    for (let i = 0; i < 8; i += 1) nowMs += (await deliver('one', false)) ?? 0
    expect(await deliver('one', false)).toBeNull()
    nowMs += 5000
    await want(3, running('c'), { message: 'one' })
    slack.trouble.failNext('chat.update', { status: 503 })
    expect(await deliver('one', false)).toBeLessThanOrEqual(2000)
  })
})
