import { afterEach, expect, test } from '@jest/globals'
import { VERBS } from '../../../src/chat/command-words.ts'
import { DEFAULT_TIMES } from '../../../src/chat/settings.ts'
import type { Seen } from '../../../src/sandbox/slack-server/people.ts'
import { CHANNEL, chatStage, until, type Stage } from '../../support/chat-stage.ts'
import { plainBotMemory } from '../../support/plain-bot-memory.ts'

/** Longer than anything here may take on a busy machine. */
const SLOW_MS = 6000
const COMMANDS = [...Object.keys(VERBS), 'upgrade to 1.31.0', 'frobnicate']

let stage: Stage | null = null
let release: () => void = () => undefined

afterEach(async () => {
  release()
  await stage?.close()
  stage = null
})

type Typed = { readonly text: string; readonly seen: Seen }

async function typeAll({ slack }: Stage): Promise<readonly Typed[]> {
  const type = async (text: string): Promise<Typed> => ({
    text,
    seen: await slack.command({ user: 'U0LEE', channel: CHANNEL, text }),
  })
  const all = await Promise.all(COMMANDS.map(type))
  expect(all.filter(({ seen }) => !seen.acked)).toEqual([])
  return all
}

async function everyoneAnswered({ slack }: Stage, all: readonly Typed[]): Promise<void> {
  const silent = (): string[] =>
    all.filter(({ text, seen }) => text !== 'upgrade' && seen.answers().length === 0).map(({ text }) => text)
  const isDone = (): boolean => silent().length === 0 && slack.views('U0LEE').length === 1
  await until(isDone, 'a first answer to every command').catch((error: unknown) => {
    throw new Error(`not answered: ${silent().join(', ')}`, { cause: error })
  })
}

test('what takes longer says so within a second, with a third of it left for Redis and Slack', () => {
  expect(Math.max(DEFAULT_TIMES.working, DEFAULT_TIMES.sent)).toBeLessThan(670)
})

test('“sent” counts from the command: the time that Slack takes to say who asks is not added to it', async () => {
  stage = await chatStage({ settings: { times: { working: 60_000, sent: 4000 } } })
  stage.slack.trouble.failNext('users.info', { delayMs: 2500 }, 100)
  const began = Date.now()
  const seen = await stage.slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'stop' })
  expect(stage.slack.text(await seen.answer(10_000))).toContain('Sent to the worker')
  expect(Date.now() - began).toBeLessThan(6000)
  stage.slack.trouble.clear()
}, 30_000)

test('every command has its first answer, or its dialog, while Redis still says nothing', async () => {
  const plain = plainBotMemory()
  const held = new Promise<void>((resolve) => (release = resolve))
  const memory = {
    ...plain,
    firstTime: (key: string) => held.then(() => plain.firstTime(key)),
    chosen: (user: string) => held.then(() => plain.chosen(user)),
    reply: (request: string) => held.then(() => plain.reply(request)),
    keepReply: (...reply: Parameters<typeof plain.keepReply>) => held.then(() => plain.keepReply(...reply)),
  }
  stage = await chatStage({ memory, settings: { times: { memory: 60_000 } } })
  await everyoneAnswered(stage, await typeAll(stage))
  expect(stage.sent).toEqual([])
}, 20_000)

test('the same while Slack has not said who asks', async () => {
  stage = await chatStage({ settings: { times: {} } })
  const began = Date.now()
  stage.slack.trouble.failNext('users.info', { delayMs: SLOW_MS }, 100)
  await everyoneAnswered(stage, await typeAll(stage))
  expect(Date.now() - began).toBeLessThan(SLOW_MS)
  expect(stage.sent).toEqual([])
  stage.slack.trouble.clear()
}, 30_000)
