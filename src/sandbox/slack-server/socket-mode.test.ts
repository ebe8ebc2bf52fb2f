import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { App } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { buttons, silent, socketApp } from './bolt-for-tests.ts'
import { startSlackServer } from './server.ts'
import type { SlackServer } from './server.ts'

let slack: SlackServer
let app: App

beforeEach(async () => {
  slack = await startSlackServer({ ackMs: 1200, eventRetries: [0] })
  app = socketApp(slack)
})

afterEach(async () => {
  await app.stop()
  await slack.close()
})

const lee = { user: 'U0LEE', channel: 'C0PLATFORM' }
const title = { type: 'plain_text' as const, text: 'Reject' }
const reason = {
  type: 'input' as const,
  block_id: 'why',
  label: title,
  element: { type: 'plain_text_input' as const, action_id: 'v', min_length: 3 },
}
const modal = { type: 'modal' as const, callback_id: 'reject', title, submit: title, blocks: [reason] }

async function card(...ids: string[]) {
  const posted = await app.client.chat.postMessage({ channel: 'C0PLATFORM', text: 'card', blocks: buttons(...ids) })
  return { ...lee, ts: String(posted.ts), actionId: ids[0] ?? '' }
}

describe('commands and buttons', () => {
  test('a command is acked with words, and answered by respond()', async () => {
    app.command('/istio', async ({ ack, respond, command }) => {
      await ack(`looking at ${command.text}`)
      await respond({ text: 'all well', response_type: 'in_channel' })
    })
    await app.start()
    const seen = await slack.command({ ...lee, text: 'status prod' })
    expect(slack.text(await seen.answer())).toBe('looking at status prod')
    await slack.waitFor(() => slack.messages('C0PLATFORM').some((m) => slack.text(m) === 'all well'))
    expect(slack.ephemerals('U0MEI')).toEqual([])
  })

  test('nobody acks: the person sees operation_timeout', async () => {
    app.command('/istio', async () => {})
    await app.start()
    expect(await slack.command(lee)).toMatchObject({ acked: false, error: 'operation_timeout' })
  })

  test('nobody is connected: dispatch_failed', async () => {
    await app.start()
    await app.stop()
    await slack.waitFor(() => slack.connections() === 0)
    expect(await slack.command(lee)).toMatchObject({ acked: false, error: 'dispatch_failed' })
  })

  test('a button edits its card, and then can no more be pressed', async () => {
    app.action('go', async ({ ack, respond }) => {
      await ack()
      await respond({ text: 'gone', replace_original: true })
    })
    await app.start()
    const at = await card('go')
    expect(await slack.click(at)).toMatchObject({
      acked: true,
      payload: { actions: [{ value: 'go.1' }], container: { message_ts: at.ts, is_ephemeral: false } },
    })
    await slack.waitFor(() => slack.message(at.channel, at.ts)?.versions.length === 2)
    await expect(slack.click(at)).rejects.toThrow('nothing to press')
    expect(await slack.click({ ...at, asOf: 0 })).toMatchObject({ acked: true, payload: { message: { text: 'gone' } } })
    expect(slack.transcript()).toMatch(/lee presses \[go\][^]*edits a message in #platform\n {4}gone/)
  })

  test('respond() with replace_original false is seen by the clicker alone', async () => {
    app.action('go', async ({ ack, respond }) => {
      await ack()
      await respond({ text: 'not you', replace_original: false, response_type: 'ephemeral' })
    })
    await app.start()
    const at = await card('go')
    const seen = await slack.click(at)
    expect(slack.text(await seen.answer())).toBe('not you')
    expect(slack.message(at.channel, at.ts)?.versions).toHaveLength(1)
    expect(slack.ephemerals('U0LEE')).toHaveLength(1)
  })

  test('a double click is two payloads; a replay is the same one again; a forgery says what it likes', async () => {
    const got: string[] = []
    app.action('go', async ({ ack, body, action }) => {
      await ack()
      got.push(`${'trigger_id' in body ? body.trigger_id : ''} ${'value' in action ? String(action.value) : ''}`)
    })
    await app.start()
    const at = await card('go')
    const [first] = await slack.doubleClick(at)
    expect(new Set(got).size).toBe(2)
    await slack.again(first)
    expect(got).toHaveLength(3)
    expect(new Set(got).size).toBe(2)
    await slack.click({ ...at, forge: { value: 'go.99' } })
    expect(got[3]).toContain('go.99')
  })
})

describe('modals', () => {
  async function opened() {
    app.action('reject', async ({ ack, body, client }) => {
      await ack()
      if ('trigger_id' in body) await client.views.open({ trigger_id: String(body.trigger_id), view: modal })
    })
    await app.start()
    await slack.click(await card('reject'))
    return slack.waitFor(() => slack.views('U0LEE')[0])
  }

  test('errors stay, then it closes', async () => {
    app.view('reject', async ({ ack, view }) => {
      const why = view.state.values['why']?.['v']?.value ?? ''
      await (why === 'because' ? ack({ response_action: 'errors', errors: { why: 'say more' } }) : ack())
    })
    await opened()
    expect(await slack.submit({ user: 'U0LEE' })).toMatchObject({ sent: false, errors: { why: expect.any(String) } })
    expect(await slack.submit({ user: 'U0LEE', values: { why: 'because' } })).toMatchObject({
      acked: true,
      errors: { why: 'say more' },
    })
    expect(slack.views('U0LEE')).toHaveLength(1)
    await slack.submit({ user: 'U0LEE', values: { why: 'payment freeze' } })
    expect(slack.views('U0LEE')).toEqual([])
  })

  test('update, push and clear by ack; a view beyond the limits is refused', async () => {
    const next = { ...modal, title: { ...title, text: 'Sure?' } }
    const acks = [
      { response_action: 'update' as const, view: { ...next, title: { ...title, text: 'x'.repeat(25) } } },
      { response_action: 'update' as const, view: next },
      { response_action: 'push' as const, view: modal },
      { response_action: 'clear' as const },
    ]
    app.view('reject', async ({ ack }) => ack(acks.shift()))
    const view = await opened()
    const send = () => slack.submit({ user: 'U0LEE', values: { why: 'because' } })
    expect((await send()).refused).toBe('invalid_arguments')
    await send()
    expect(view.view['title']).toMatchObject({ text: 'Sure?' })
    await send()
    expect(slack.views('U0LEE')).toHaveLength(2)
    await send()
    expect(slack.views('U0LEE')).toEqual([])
  })

  test('a trigger opens once, and not after three seconds; a stale hash conflicts', async () => {
    app.command('/istio', async ({ ack }) => ack())
    await app.start()
    const first = await slack.command(lee)
    const trigger = { trigger_id: first.triggerId ?? '', view: modal }
    const view = (await app.client.views.open(trigger)).view
    await expect(app.client.views.open(trigger)).rejects.toThrow('exchanged_trigger_id')
    const late = await slack.command(lee)
    slack.trouble.expireTriggers()
    await expect(app.client.views.open({ trigger_id: late.triggerId ?? '', view: modal })).rejects.toThrow(
      'expired_trigger_id',
    )
    const change = { view_id: view?.id ?? '', hash: view?.hash ?? '', view: modal }
    await app.client.views.update(change)
    await expect(app.client.views.update(change)).rejects.toThrow('hash_conflict')
  })

  test('the Home tab is published when it is opened', async () => {
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({
        user_id: event.user,
        view: { type: 'home', blocks: [{ type: 'header', text: title }] },
      })
    })
    await app.start()
    await slack.openHome('U0MEI')
    const home = await slack.waitFor(() => slack.home('U0MEI'))
    expect(home.view['type']).toBe('home')
  })
})

describe('a Slack in trouble', () => {
  test('429, a lost reply, a refused card', async () => {
    const client = new WebClient(slack.botToken, {
      logger: silent,
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    })
    const send = (text: string, count = 1) =>
      client.chat.postMessage({
        channel: 'C0PLATFORM',
        text,
        blocks: Array.from({ length: count }, () => ({ type: 'divider' })),
      })
    slack.trouble.failNext('chat.postMessage', { retryAfter: 3 })
    await expect(send('x')).rejects.toMatchObject({ retryAfter: 3 })
    slack.trouble.failNext('chat.postMessage', { dropReply: true })
    await expect(send('x')).rejects.toThrow()
    expect(slack.messages('C0PLATFORM')).toHaveLength(1)
    await expect(send('x', 51)).rejects.toMatchObject({
      data: {
        error: 'invalid_blocks',
        response_metadata: { messages: ['[ERROR] no more than 50 items allowed [json-pointer:/blocks]'] },
      },
    })
  })

  test('a refresh while a click is handled: the ack is lost, the app comes back', async () => {
    app.action('go', async ({ ack }) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      await ack()
    })
    app.error(async () => {})
    await app.start()
    const at = await card('go')
    const pressed = slack.click(at)
    slack.trouble.refresh()
    expect(await pressed).toMatchObject({ acked: false, error: 'operation_timeout' })
    await slack.waitFor(() => slack.connections() === 1)
    expect((await slack.click(at)).acked).toBe(true)
  })

  test('sockets cut before the ack: the event comes once more when the app is back', async () => {
    const seen: (number | undefined)[] = []
    app.event('subteam_members_changed', async ({ context, client }) => {
      seen.push(context.retryNum)
      await client.auth.test()
    })
    await app.start()
    const sent = slack.event({ type: 'subteam_members_changed', subteam_id: 'S0MESH' })
    slack.trouble.dropSockets()
    expect((await sent).acked).toBe(false)
    await slack.waitFor(() => seen.length === 2)
    expect(seen).toEqual([undefined, 1])
  })

  test('of two connected apps each payload goes to exactly one', async () => {
    const second = socketApp(slack)
    const got: string[] = []
    for (const [name, one] of [
      ['a', app],
      ['b', second],
    ] as const) {
      one.command('/istio', async ({ ack }) => {
        got.push(name)
        await ack()
      })
      await one.start()
    }
    for (let i = 0; i < 4; i++) await slack.command(lee)
    expect(got.toSorted()).toEqual(['a', 'a', 'b', 'b'])
    await second.stop()
  })
})
