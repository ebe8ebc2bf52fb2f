import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { CallFacts } from '../../../src/wire/call-facts.ts'
import type { MessageNotice } from '../../../src/wire/notice.ts'
import { callSample } from '../../support/card-samples.ts'
import { CHANNEL, chatStage, messageNotice, until, type Stage } from '../../support/chat-stage.ts'

const halted = callSample('usual', 'halted')
const over: CallFacts = { ...halted, state: 'over', endedAt: halted.at }
const message = `${halted.run}.call`

let stage: Stage

beforeEach(async () => {
  stage = await chatStage({ settings: { times: { editGap: 60_000, lostReply: 300, sweep: 200 } } })
})

afterEach(async () => {
  await stage.close()
})

const halt = (more: Partial<MessageNotice> = {}): MessageNotice =>
  messageNotice(halted, 1, { mention: ['S0MESH'], ...more })

async function posted(): Promise<string> {
  const { ts } = await until(() => stage.slack.messages(CHANNEL)[0], 'the call')
  await until(() => stage.memory.rows.get(message)?.shownRevision === 1, 'its place')
  return ts
}

test('is posted with its mention, in words that say what happened, what new pods get and what to do', async () => {
  await stage.chat.handleNotice(halt())
  await posted()
  const [call] = stage.slack.messages(CHANNEL)
  if (!call) throw new Error('nothing was posted')
  expect(JSON.stringify(call.versions[0])).toContain('<!subteam^S0MESH>')
  const text = stage.slack.text(call)
  expect(text).toMatch(
    /stands still[^]*enabled in pay could not be proven[^]*New pods get 1\.31\.[^]*resume or roll back/,
  )
  expect(text).toMatch(/\[Resume[^]*\[Roll back/)
})

test('is edited at once when somebody has seen to it, and has nothing to click then', async () => {
  await stage.chat.handleNotice(halt())
  await posted()
  await stage.chat.handleNotice(messageNotice(over, 2))
  const [call] = await until(() => {
    const all = stage.slack.messages(CHANNEL)
    return all[0]?.versions.length === 2 ? all : undefined
  }, 'its end')
  if (!call) throw new Error('nothing was posted')
  expect(stage.slack.text(call)).toMatch(/somebody has seen to it/)
  expect(stage.slack.text(call)).not.toContain('[')
  expect(JSON.stringify(call.versions[1])).not.toContain('subteam')
  expect(stage.slack.messages(CHANNEL)).toHaveLength(1)
})

test('is not posted twice: told again, by another bot, after the memory was flushed and the worker knows its place', async () => {
  await stage.chat.handleNotice(halt())
  const ts = await posted()
  await stage.chat.handleNotice(halt())
  const other = await chatStage({ slack: stage.slack, memory: stage.memory })
  await other.chat.handleNotice(halt())
  stage.memory.rows.clear()
  await other.chat.handleNotice(halt({ posted: { channel: CHANNEL, ts, revision: 1 } }))
  await new Promise((resolve) => setTimeout(resolve, 500))
  await other.close()
  expect(stage.slack.calls('chat.postMessage')).toHaveLength(1)
})

test('is not posted late: a halt that was seen to while Slack was away is no news', async () => {
  stage.slack.trouble.failNext('chat.postMessage', { error: 'fatal_error' })
  await stage.chat.handleNotice(halt())
  await until(() => stage.slack.calls('chat.postMessage').length > 0, 'an attempt')
  await stage.chat.handleNotice(messageNotice(over, 2))
  await until(() => stage.memory.rows.get(message)?.leftRevision === 2, 'that it is left')
  expect(stage.slack.messages(CHANNEL)).toEqual([])
})
