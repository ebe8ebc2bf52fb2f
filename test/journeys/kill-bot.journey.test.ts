import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { openWorkQueue } from '../../src/jobs/work-queue.ts'
import { newLog } from '../../src/kernel/log.ts'
import { newKeyPair } from '../../src/kernel/signatures.ts'
import type { BotMemory } from '../../src/ports/read-model.ts'
import type { SlackServer } from '../../src/sandbox/slack-server/server.ts'
import { newBotMemory } from '../../src/store/bot-memory.ts'
import { openRedis } from '../../src/store/open-redis.ts'
import type { BotProcessParts } from '../support/bot-entry.ts'
import { CHANNEL, localSlack, messageNotice } from '../support/chat-stage.ts'
import { approvalSample } from '../support/phase-samples.ts'
import { startRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

const SCOPES = ['commands', 'chat:write', 'users:read', 'usergroups:read', 'channels:read', 'groups:read']
const card = approvalSample('usual', 'pending', 'switch')
const log = newLog('silent', 'test')

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type Scene = {
  readonly slack: SlackServer
  readonly memory: BotMemory
  /** Starts a bot whose next post is carried out and never answered, and kills it -9 before it could note where it stands. */
  readonly killedInItsPost: () => Promise<void>
  readonly start: () => () => Promise<void>
}

/** An approval card is wanted, and no bot runs yet. */
async function scene(scopes: readonly string[]): Promise<Scene> {
  const redis = await startRedis()
  ends.push(() => redis.stop())
  const slack = await localSlack()
  ends.push(() => slack.close())
  slack.setScopes(scopes)
  const link = await openRedis(redis.url, log)
  ends.push(() => link.close())
  const queue = openWorkQueue(redis.url, 'prod-a', log)
  await queue.addNotice(messageNotice(card, 3))
  await queue.close()
  const parts: BotProcessParts = {
    settings: {
      botToken: slack.botToken,
      delivery: { kind: 'socket', appToken: slack.appToken },
      apiUrl: slack.apiUrl,
      command: '/istio',
      locale: 'en',
      clusters: [{ name: 'prod-a', channel: CHANNEL }],
      groups: [],
      teams: [],
      signingKey: newKeyPair().privateKey,
    },
    redisUrl: redis.url,
  }
  const start = () => {
    const entry = join(import.meta.dirname, '..', 'support', 'bot-entry.ts')
    const child = spawn(process.execPath, [entry, JSON.stringify(parts)], { stdio: ['pipe', 'ignore', 'inherit'] })
    const kill = async (): Promise<void> => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
    ends.push(kill)
    return kill
  }
  const killedInItsPost = async (): Promise<void> => {
    const before = slack.messages(CHANNEL).length
    slack.trouble.failNext('chat.postMessage', { delayMs: 9000 })
    const kill = start()
    await until(() => slack.messages(CHANNEL).length > before, 90_000)
    await kill()
  }
  return { slack, memory: newBotMemory(link.redis), killedInItsPost, start }
}

test('kill -9 of a bot between post and note: the next bot finds the post by its metadata and makes no second', async () => {
  const { slack, memory, killedInItsPost, start } = await scene([...SCOPES, 'channels:history'])
  await killedInItsPost()
  expect((await memory.row(card.id))?.unsure).toMatchObject({ channel: CHANNEL, revision: 3, posts: 1 })
  start()
  await until(async () => (await memory.row(card.id))?.shownRevision === 3, 90_000)
  const [only, ...copies] = slack.messages(CHANNEL)
  expect(copies).toEqual([])
  expect(await memory.row(card.id)).toMatchObject({ channel: CHANNEL, ts: only?.ts })
}, 240_000)

test('the same where the history may not be read: posted once more; killed there too, not a third time', async () => {
  const { slack, memory, killedInItsPost, start } = await scene(SCOPES)
  await killedInItsPost()
  await killedInItsPost()
  start()
  await until(async () => (await memory.row(card.id))?.leftRevision === 3, 90_000)
  expect(await memory.row(card.id)).toMatchObject({ unsure: { posts: 2 } })
  expect(slack.messages(CHANNEL)).toHaveLength(2)
}, 360_000)
