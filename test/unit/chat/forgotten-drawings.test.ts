import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { deliverer } from '../../../src/chat/deliver.ts'
import { outbox } from '../../../src/chat/outbox.ts'
import type { SlackServer } from '../../../src/sandbox/slack-server/server.ts'
import type { CardFacts } from '../../../src/wire/card-facts.ts'
import { localSlack, messageNotice } from '../../support/chat-stage.ts'
import { ownChat, type OwnChat } from '../../support/own-chat.ts'
import { progressSample } from '../../support/phase-samples.ts'

let slack: SlackServer
let nowMs: number
let own: OwnChat

beforeEach(async () => {
  slack = await localSlack()
  nowMs = Date.parse('2026-11-24T09:00:00.000Z')
  own = await ownChat(slack, { now: () => nowMs })
})

afterEach(async () => {
  await slack.close()
})

const progress = progressSample('usual', 'running')
const running = (line: string): CardFacts => ({ ...progress, steps: progress.steps.map((step) => ({ ...step, line })) })

type Posted = { readonly channel: string; readonly ts: string; readonly revision: number }

async function want(revision: number, card: CardFacts, posted?: Posted) {
  const out = outbox(own.chat, () => Promise.resolve(null))
  await out.want(messageNotice(card, revision, { message: 'one', ...(posted ? { posted } : {}) }))
  await out.stop()
}

async function postedAt(): Promise<Posted> {
  const row = await own.memory.row('one')
  if (!row?.ts || !row.channel) throw new Error('nothing was posted')
  return { channel: row.channel, ts: row.ts, revision: 1 }
}

const edits = (): number => slack.calls('chat.update').length

test('what this bot drew is not drawn again after Redis forgot it, and its edits stay five seconds apart', async () => {
  const deliver = deliverer(own.chat)
  await want(1, running('a'))
  await deliver('one', false)
  const posted = await postedAt()
  nowMs += 5000
  await want(2, running('b'))
  await deliver('one', false)
  expect(edits()).toBe(1)
  for (let i = 0; i < 3; i += 1) {
    own.memory.rows.clear()
    await want(2, running('b'), posted)
    expect(await deliver('one', false)).toBeNull()
  }
  expect(edits()).toBe(1)
  expect(await own.memory.behind()).toEqual([])
  nowMs += 2000
  own.memory.rows.clear()
  await want(3, running('c'), posted)
  expect(await deliver('one', false)).toBe(3000)
  nowMs += 3000
  expect(await deliver('one', false)).toBeNull()
  expect(edits()).toBe(2)
})

test('a bot that did not draw it, or drew another message, draws it', async () => {
  const deliver = deliverer(own.chat)
  await want(1, running('a'))
  await deliver('one', false)
  const posted = await postedAt()
  own.memory.rows.clear()
  await want(2, running('b'), posted)
  expect(await deliverer(own.chat)('one', false)).toBeNull()
  expect(edits()).toBe(1)
  own.memory.rows.clear()
  const elsewhere = await own.chat.reading.chat.postMessage({ channel: posted.channel, text: 'another' })
  await want(2, running('b'), { ...posted, ts: elsewhere.ts ?? '' })
  expect(await deliver('one', false)).toBeNull()
  expect(edits()).toBe(2)
})
