import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { LoggedRequest } from '../kube-server/serve-http.ts'
import { startSlackServer, type SlackServer } from '../slack-server/server.ts'
import { lossesSince } from './losses.ts'
import { WORKER_ACCOUNT } from './touches.ts'

const CHANNEL = 'C0PROD'
let slack: SlackServer

beforeEach(async () => {
  slack = await startSlackServer({ channels: [{ id: CHANNEL, name: 'prod' }] })
})
afterEach(() => slack.close())

async function send(message: string, revision: number): Promise<void> {
  const metadata = { event_type: 'said', event_payload: { message, revision } }
  await fetch(new URL('chat.postMessage', slack.apiUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: CHANNEL, text: message, metadata }),
  })
}

async function sendInVain(message: string, revision: number): Promise<void> {
  slack.trouble.failNext('*', { status: 503 }, 1)
  await send(message, revision)
}

function touched(name: string): LoggedRequest {
  const url = `/api/v1/namespaces/shop/pods/${name}`
  return { at: 0, method: 'DELETE', url, user: WORKER_ACCOUNT, code: 200, userAgent: '', address: '', body: '' }
}

test('asked after each step or once in the end, it says the same', async () => {
  await sendInVain('before', 1)
  const log = [touched('before')]
  const parts = { kube: { log }, slack, channels: [CHANNEL] }
  const [often, once] = [lossesSince(parts), lossesSince(parts)]
  expect(often()).toBe('nothing')
  await sendInVain('a', 2)
  expect(often()).toBe('1 message that has not come')
  await sendInVain('b', 1)
  await send('a', 1)
  expect(often()).toBe('2 messages that have not come')
  log.push(touched('web-1'))
  await send('a', 3)
  const left = "1 message that has not come, 1 write to a tenant's objects by Meshferry"
  expect([often(), often(), once()]).toEqual([left, left, left])
  await send('b', 1)
  log.push(touched('web-2'))
  expect([often(), once()]).toEqual(Array.from({ length: 2 }, () => "2 writes to tenants' objects by Meshferry"))
})
