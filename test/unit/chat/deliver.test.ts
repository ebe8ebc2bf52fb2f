import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { deliverer } from '../../../src/chat/deliver.ts'
import { outbox } from '../../../src/chat/outbox.ts'
import type { SlackServer } from '../../../src/sandbox/slack-server/server.ts'
import type { CardFacts } from '../../../src/wire/card-facts.ts'
import type { MessageNotice } from '../../../src/wire/notice.ts'
import { digestSample, teamSample, waitSample } from '../../support/card-samples.ts'
import { CHANNEL, localSlack, messageNotice } from '../../support/chat-stage.ts'
import { ownChat, type OwnChat } from '../../support/own-chat.ts'
import { progressSample } from '../../support/phase-samples.ts'

const HOUR_MS = 3_600_000

let slack: SlackServer
let nowMs: number
const machine = { now: () => nowMs }

beforeEach(async () => {
  slack = await localSlack()
  nowMs = Date.parse('2026-11-24T09:00:00.000Z')
})

afterEach(async () => {
  await slack.close()
})

const progress = progressSample('usual', 'running')
const running = (line: string) => ({ ...progress, steps: progress.steps.map((step) => ({ ...step, line })) })

/** Wanted as the outbox saves it, without the outbox' own timers: the test looks when it likes. */
async function want({ chat }: OwnChat, card: CardFacts, revision: number, more: Partial<MessageNotice> = {}) {
  const notice = messageNotice(card, revision, { at: new Date(nowMs).toISOString(), ...more })
  const out = outbox(chat, () => Promise.resolve(null))
  await out.want(notice)
  await out.stop()
  return notice.message
}

describe('edits of one message', () => {
  test('are five seconds apart, whichever bot makes them and whenever it started', async () => {
    const one = await ownChat(slack, machine)
    const message = await want(one, running('a'), 1)
    const first = deliverer(one.chat)
    expect(await first(message, false)).toBeNull()
    await want(one, running('b'), 2)
    expect(await first(message, false)).toBe(5000)
    nowMs += 2000
    const two = await ownChat(slack, machine, one.memory)
    const second = deliverer(two.chat)
    expect(await second(message, false)).toBe(3000)
    nowMs += 3000
    expect(await second(message, false)).toBeNull()
    await want(one, running('c'), 3)
    expect(await first(message, false)).toBe(5000)
    await want(one, progressSample('usual', 'done'), 4)
    expect(await first(message, false)).toBeNull()
    expect(slack.calls('chat.update')).toHaveLength(2)
  })
})

describe('a message that Slack does not take', () => {
  test('is tried for a day, then given up with one loud line, and a bot that starts later leaves it', async () => {
    const own = await ownChat(slack, machine)
    const message = await want(own, progress, 1)
    slack.trouble.failNext('chat.postMessage', { status: 503 }, 100_000)
    const deliver = deliverer(own.chat)
    const waits: number[] = []
    for (let wait = await deliver(message, false); wait !== null; wait = await deliver(message, false)) {
      waits.push(wait)
      nowMs += waits.length < 12 ? wait : HOUR_MS
    }
    expect(waits.slice(8, 12).every((wait) => wait >= 30_000 && wait <= 60_000)).toBe(true)
    expect(new Set(waits.slice(8, 12)).size).toBeGreaterThan(1)
    expect(nowMs - Date.parse('2026-11-24T09:00:00.000Z')).toBeGreaterThanOrEqual(24 * HOUR_MS)
    expect(own.log.filter((line) => line.includes('was given up'))).toHaveLength(1)
    expect(own.chat.health.givenUp()).toBe(1)
    const calls = slack.calls('chat.postMessage').length
    const later = await ownChat(slack, machine, own.memory)
    expect(await deliverer(later.chat)(message, false)).toBeNull()
    expect(await own.memory.behind()).toEqual([])
    expect(slack.calls('chat.postMessage')).toHaveLength(calls)
    slack.trouble.clear()
    await want(own, running('news'), 2)
    expect(await deliverer(later.chat)(message, false)).toBeNull()
    expect(slack.messages(CHANNEL)).toHaveLength(1)
  })

  test('of an old wish is tried for a day from the first failure', async () => {
    const own = await ownChat(slack, machine)
    const message = await want(own, progress, 1)
    nowMs += 48 * HOUR_MS
    slack.trouble.failNext('chat.postMessage', { status: 503 })
    const deliver = deliverer(own.chat)
    const wait = await deliver(message, false)
    nowMs += wait ?? 0
    expect(await deliver(message, false)).toBeNull()
    expect(slack.messages(CHANNEL)).toHaveLength(1)
  })

  test('waits no longer than Slack is away', async () => {
    const own = await ownChat(slack, machine)
    const message = await want(own, progress, 1)
    slack.trouble.slackAway('5xx')
    const deliver = deliverer(own.chat)
    await deliver(message, false)
    nowMs += 10_000
    await deliver(message, false)
    slack.trouble.slackAway(false)
    expect(await deliver(message, false)).toBeGreaterThan(0)
    own.chat.health.answered()
    expect(await deliver(message, false)).toBeNull()
  })
})

describe('after an outage', () => {
  test('only the newest digest and the newest nudge of a team are posted', async () => {
    const own = await ownChat(slack, machine)
    const digest = digestSample('usual', false)
    const nudge = teamSample('usual', 'nudge')
    const old = [
      await want(own, { ...digest, day: '2026-12-01' }, 1, { message: 'd1' }),
      await want(own, { ...nudge, number: 1 }, 1, { message: 'n1' }),
    ]
    const kept = [
      await want(own, { ...nudge, team: 'another', number: 1 }, 1, { message: 'o1' }),
      await want(own, teamSample('usual', 'told'), 1, { message: 'told' }),
      await want(own, { ...digest, day: '2026-12-02' }, 1, { message: 'd2' }),
      await want(own, { ...nudge, number: 2 }, 1, { message: 'n2' }),
    ]
    const deliver = deliverer(own.chat)
    for (const message of [...old, ...kept]) expect(await deliver(message, false)).toBeNull()
    const posted = slack.messages(CHANNEL).map(({ versions }) => JSON.stringify(versions[0]?.metadata))
    expect(posted).toHaveLength(4)
    expect(kept.every((message, i) => posted[i]?.includes(`"${message}"`))).toBe(true)
    expect(await own.memory.behind()).toEqual([])
  })
})

describe('a chart that Slack refuses', () => {
  async function posted(refusals: number) {
    const own = await ownChat(slack, machine)
    const message = await want(own, waitSample('usual'), 3)
    slack.trouble.failNext('chat.postMessage', { error: 'invalid_blocks' }, refusals)
    await deliverer(own.chat)(message, false)
    const [only] = slack.messages(CHANNEL)
    expect(slack.calls('chat.postMessage')).toHaveLength(refusals + 1)
    return JSON.stringify(only?.versions[0]?.blocks)
  }

  test('is drawn as text, and the buttons stay', async () => {
    const blocks = await posted(1)
    expect(blocks).not.toContain('data_visualization')
    expect(blocks).toContain('█')
    expect(blocks).toContain('"type":"actions"')
  })

  test('and with it everything else: the text alone is sent', async () => {
    expect(await posted(2)).toBe('[]')
  })

  test('is posted as a chart where Slack takes it', async () => {
    expect(await posted(0)).toContain('data_visualization')
  })
})
