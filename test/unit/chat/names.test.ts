import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { languages } from '../../../src/chat/language.ts'
import { names } from '../../../src/chat/names.ts'
import { slackClient } from '../../../src/chat/slack-clients.ts'
import { newLog } from '../../../src/kernel/log.ts'
import type { SlackServer } from '../../../src/sandbox/slack-server/server.ts'
import { localSlack } from '../../support/chat-stage.ts'
import { plainBotMemory } from '../../support/plain-bot-memory.ts'

let slack: SlackServer
let nowMs: number
beforeEach(async () => {
  slack = await localSlack()
  nowMs = 1_000_000
})
afterEach(() => slack.close())

function ours(waitMs = 10_000) {
  const client = slackClient(
    slack.botToken,
    slack.apiUrl,
    newLog('debug', 'test', () => undefined),
  )
  return names(client, { now: () => nowMs }, '/istio', languages(plainBotMemory()), waitMs)
}

const asked = (method: string): number => slack.calls(method).length

test('what Slack does not know is asked for once a minute, and not at each drawing', async () => {
  const known = ours()
  for (let i = 0; i < 5; i += 1) {
    const look = await known.lookFor('en', { team: 'UNKNOWN', group: 'SALES' })
    expect([look.name('UNKNOWN'), look.name('SALES')]).toEqual(['UNKNOWN', 'SALES'])
  }
  expect([asked('users.info'), asked('usergroups.list')]).toEqual([1, 1])
  nowMs += 60_001
  await known.lookFor('en', { team: 'UNKNOWN', group: 'SALES' })
  expect([asked('users.info'), asked('usergroups.list')]).toEqual([2, 2])
})

test('who asks for the same meanwhile waits for the same call; one list names all groups', async () => {
  slack.addGroup({ id: 'S0OTHER', handle: 'others', members: [] })
  const known = ours()
  const looks = await Promise.all(
    Array.from({ length: 5 }, () => known.lookFor('en', ['U0MEI', 'S0MESH', 'S0OTHER', 'SALES'])),
  )
  expect(looks.map(({ name }) => ['U0MEI', 'S0MESH', 'S0OTHER'].map(name))).toEqual(
    looks.map(() => ['Mei', '@mesh-approvers', '@others']),
  )
  expect([asked('users.info'), asked('usergroups.list')]).toEqual([1, 1])
})

test('names that take long hold up no answer, and are there for the next one', async () => {
  slack.trouble.failNext('users.info', { delayMs: 400 })
  const known = ours(50)
  const began = Date.now()
  expect((await known.lookFor('en', ['U0MEI'])).name('U0MEI')).toBe('U0MEI')
  expect(Date.now() - began).toBeLessThan(400)
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect((await known.lookFor('en', ['U0MEI'])).name('U0MEI')).toBe('Mei')
  expect(asked('users.info')).toBe(1)
})

test('where too much was asked nothing is asked for as long as Slack says; what is known stays', async () => {
  const known = ours()
  await known.lookFor('en', ['U0MEI'])
  slack.trouble.failNext('users.info', { retryAfter: 30 })
  const look = await known.lookFor('en', ['U0SAM', 'U0LEE', 'U0MEI'])
  expect(look.name('U0MEI')).toBe('Mei')
  const before = asked('users.info')
  await known.lookFor('en', ['U0OTHER', 'U0MORE'])
  expect(asked('users.info')).toBe(before)
  nowMs += 61_000
  expect((await known.lookFor('en', ['U0SAM'])).name('U0SAM')).toBe('Sam')
})
