import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import bolt from '@slack/bolt'
import { LogLevel } from '@slack/bolt'
import { startSlackServer } from './server.ts'
import type { SlackServer } from './server.ts'

const { App } = bolt

let slack: SlackServer
let app: InstanceType<typeof App>

function button(id: string, value: string) {
  return { type: 'button' as const, action_id: id, value, text: { type: 'plain_text' as const, text: id } }
}

beforeEach(async () => {
  slack = await startSlackServer()
  app = new App({
    token: slack.botToken,
    appToken: slack.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl },
  })
})

afterEach(async () => {
  await app.stop()
  await slack.close()
})

describe('Bolt in Socket Mode', () => {
  test('a command is acked with words, and answered by respond()', async () => {
    app.command('/istio', async ({ ack, respond, command }) => {
      await ack(`looking at ${command.text}`)
      await respond('all well')
    })
    await app.start()
    const seen = await slack.command({ user: 'U0LEE', channel: 'C0PLATFORM', text: 'status prod' })
    expect(seen.acked).toBe(true)
    expect(slack.text(await seen.answer())).toBe('looking at status prod')
    await slack.waitFor(() => slack.ephemerals('U0LEE').some((m) => slack.text(m) === 'all well'))
    expect(slack.ephemerals('U0MEI')).toEqual([])
  })

  test('a button edits its message, once pressed', async () => {
    app.action('go', async ({ ack, client, body }) => {
      await ack()
      const at = 'container' in body ? body.container : {}
      await client.chat.update({ channel: at['channel_id'], ts: at['message_ts'], text: 'gone', blocks: [] })
    })
    await app.start()
    const posted = await app.client.chat.postMessage({
      channel: 'C0PLATFORM',
      text: 'x',
      blocks: [{ type: 'actions', elements: [button('go', '1')] }],
    })
    const ts = String(posted.ts)
    const seen = await slack.click({ user: 'U0LEE', channel: 'C0PLATFORM', ts, actionId: 'go' })
    expect(seen.acked).toBe(true)
    await slack.waitFor(() => slack.message('C0PLATFORM', ts)?.versions.length === 2)
    await expect(slack.click({ user: 'U0LEE', channel: 'C0PLATFORM', ts, actionId: 'go' })).rejects.toThrow(
      'nothing to press',
    )
    expect(slack.transcript()).toContain('[go]')
  })
})
