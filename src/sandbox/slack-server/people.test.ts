import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { sleep } from '../../kernel/retry.ts'
import type { App } from '@slack/bolt'
import { buttons, socketApp } from './bolt-for-tests.ts'
import { startSlackServer } from './server.ts'
import type { SlackServer } from './server.ts'

let slack: SlackServer
let app: App
const got: unknown[] = []

beforeEach(async () => {
  got.splice(0)
  slack = await startSlackServer({ rateLimits: 'off' })
  app = socketApp(slack)
  app.action(/.*/, async ({ ack, action, respond }) => {
    await ack()
    got.push(action)
    if ('action_id' in action && action.action_id === 'delete') await respond({ delete_original: true })
  })
  app.command('/istio', async ({ ack }) => ack({ text: 'pick', blocks: buttons('delete', 'other') }))
  await app.start()
})

afterEach(async () => {
  await app.stop()
  await slack.close()
})

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const option = (value: string) => ({ text: plain(value.toUpperCase()), value })
const lee = { user: 'U0LEE', channel: 'C0PLATFORM' }

describe('what people do', () => {
  test('an overflow and a select carry the chosen option as it was shown', async () => {
    const elements = [
      { type: 'overflow' as const, action_id: 'more', options: [option('pause'), option('history')] },
      { type: 'users_select' as const, action_id: 'who' },
    ]
    const { ts } = await app.client.chat.postMessage({
      channel: lee.channel,
      text: 'x',
      blocks: [{ type: 'actions', elements }],
    })
    await slack.select({ ...lee, ts: String(ts), actionId: 'more', value: 'history' })
    await slack.select({ ...lee, ts: String(ts), actionId: 'who', value: 'U0MEI' })
    expect(got).toMatchObject([
      { type: 'overflow', selected_option: option('history') },
      { type: 'users_select', selected_user: 'U0MEI' },
    ])
    await expect(slack.select({ ...lee, ts: String(ts), actionId: 'more', value: 'resume' })).rejects.toThrow(
      'no option resume',
    )
  })

  test('a confirm dialog that is cancelled sends nothing', async () => {
    const confirm = { title: plain('Sure?'), text: plain('really'), confirm: plain('Yes'), deny: plain('No') }
    const [row] = buttons('go')
    const elements = (row?.elements ?? []).map((element) => ({ ...element, confirm }))
    const { ts } = await app.client.chat.postMessage({
      channel: lee.channel,
      text: 'x',
      blocks: [{ type: 'actions', elements }],
    })
    const press = { ...lee, ts: String(ts), actionId: 'go' }
    expect((await slack.click({ ...press, confirm: false })).sent).toBe(false)
    expect(got).toEqual([])
    expect((await slack.click(press)).sent).toBe(true)
  })

  test('only its reader can press an ephemeral button; delete_original takes it away', async () => {
    const seen = await slack.command(lee)
    const message = await seen.answer()
    const press = { ...lee, ts: message.ts, actionId: 'delete' }
    await expect(slack.click({ ...press, user: 'U0MEI' })).rejects.toThrow('sees no message')
    const { payload } = await slack.click(press)
    expect(payload).toMatchObject({ container: { is_ephemeral: true } })
    expect(payload['message']).toBeUndefined()
    await slack.waitFor(() => slack.ephemerals('U0LEE').length === 0)
  })

  test('a choice in a modal is dispatched and kept in its state', async () => {
    const label = plain('Cluster')
    const element = { type: 'static_select' as const, action_id: 'v', options: [option('prod'), option('stage')] }
    const view = {
      type: 'modal' as const,
      title: label,
      submit: label,
      blocks: [{ type: 'input' as const, block_id: 'cluster', label, element }],
    }
    const { triggerId } = await slack.command(lee)
    await app.client.views.open({ trigger_id: triggerId ?? '', view })
    const opened = await slack.waitFor(() => slack.views('U0LEE')[0])
    const seen = await slack.select({ user: 'U0LEE', viewId: opened.id, actionId: 'v', value: 'stage' })
    expect(seen.payload).toMatchObject({
      view: { state: { values: { cluster: { v: { selected_option: option('stage') } } } } },
    })
    expect(got).toMatchObject([{ block_id: 'cluster', selected_option: option('stage') }])
  })

  test('a wait that ends in nothing shows the transcript', async () => {
    await slack.command({ ...lee, text: 'status' })
    await expect(slack.waitFor(() => false, 20)).rejects.toThrow('lee in #platform: /istio status')
  })
})

test('an eleventh connection is sent away', async () => {
  const more = Array.from({ length: 9 }, () => socketApp(slack))
  for (const one of more) await one.start()
  // On a busy machine a client takes a late pong for a dead connection, and connects anew.
  for (let look = 0; look < 200 && slack.connections() < 10; look += 1) await sleep(50)
  expect(slack.connections()).toBe(10)
  const eleventh = await app.client.apps.connections.open({ token: slack.appToken })
  const socket = new WebSocket(eleventh.url ?? '')
  const said = await new Promise((resolve) =>
    socket.addEventListener('message', ({ data }) => resolve(data), { once: true }),
  )
  expect(JSON.parse(String(said))).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' })
  socket.close()
  for (const one of more) await one.stop()
})
