import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { App } from '@slack/bolt'
import { buttons, httpApp } from './bolt-for-tests.ts'
import { startSlackServer } from './server.ts'
import type { SlackServer } from './server.ts'

let slack: SlackServer
let app: App
let got: string[]
let url: string

beforeEach(async () => {
  got = []
  slack = await startSlackServer({ ackMs: 1000, eventRetries: [50] })
  app = httpApp(slack)
  app.command('/istio', async ({ ack, respond, command }) => {
    got.push(command.text)
    if (command.text === 'sleep') await new Promise((resolve) => setTimeout(resolve, 1200))
    await ack({ text: `ack ${command.text}` })
    await respond('later')
  })
  app.action('go', async ({ ack }) => {
    got.push('go')
    await ack()
  })
  const server = await app.start(0)
  const { port } = (server as unknown as { address: () => AddressInfo }).address()
  url = `http://127.0.0.1:${port}/slack/events`
  slack.deliverTo(url)
})

afterEach(async () => {
  await app.stop()
  await slack.close()
})

const lee = { user: 'U0LEE', channel: 'C0PLATFORM' }

test('a command with its ack body, and respond()', async () => {
  const seen = await slack.command({ ...lee, text: 'a&b=c 升级' })
  expect(seen).toMatchObject({ acked: true, status: 200, body: { text: 'ack a&b=c 升级' } })
  expect(slack.text(await seen.answer())).toBe('ack a&b=c 升级')
  await slack.waitFor(() => seen.answers().length === 2)
})

test('no ack in time', async () => {
  expect(await slack.command({ ...lee, text: 'sleep' })).toMatchObject({ acked: false, error: 'operation_timeout' })
})

test('a click; the same request again is taken by Bolt, a spoilt or old one is not', async () => {
  const posted = await app.client.chat.postMessage({ channel: 'C0PLATFORM', text: 'x', blocks: buttons('go') })
  const seen = await slack.click({ ...lee, ts: String(posted.ts), actionId: 'go' })
  expect(seen.acked).toBe(true)
  expect(await slack.again(seen)).toMatchObject({ acked: true })
  expect(got).toEqual(['go', 'go'])
  expect(await slack.again(seen, 'wrong-signature')).toMatchObject({ acked: false, status: 401 })
  expect(await slack.again(seen, 'old-timestamp')).toMatchObject({ acked: false, status: 401 })
  expect(got).toEqual(['go', 'go'])
})

test('an event that nobody took is sent again with its number and reason', async () => {
  const tries: unknown[] = []
  app.event('channel_shared', async ({ context, client }) => {
    tries.push([context.retryNum, context.retryReason])
    await client.auth.test()
  })
  slack.deliverTo('http://127.0.0.1:9/slack/events')
  expect(await slack.event({ type: 'channel_shared', connected_team_id: 'T1', channel: 'C0PLATFORM' })).toMatchObject({
    error: 'dispatch_failed',
  })
  slack.deliverTo(url)
  await slack.waitFor(() => tries.length === 1)
  expect(tries).toEqual([[1, 'http_error']])
})
