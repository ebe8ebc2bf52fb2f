import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { ModalView } from '@slack/types'
import { buttons, socketApp } from '../slack-server/bolt-for-tests.ts'
import { meshAt, testParts, type TestPage, start } from './parts-for-tests.ts'
import type { Act, ActAnswer } from './acts.ts'
import type { MessagePart, StateChange } from './page-state.ts'
import { startPage, type RunningPage } from './start-page.ts'

let parts: TestPage
let page: RunningPage
let app: ReturnType<typeof socketApp>

beforeEach(async () => {
  parts = await testParts()
  page = await startPage(parts)
  app = socketApp(parts.slack)
})

afterEach(async () => {
  await page.close()
  await app.stop()
  await parts.slack.close()
})

const origin = (): string => page.url.slice(0, -1)

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const all = { 'content-type': 'application/json', origin: origin(), ...headers }
  return fetch(`${page.url}act`, { method: 'POST', headers: all, body: JSON.stringify(body) })
}

async function act(as: string, given: Act): Promise<ActAnswer> {
  return (await (await post({ as, act: given })).json()) as ActAnswer
}

/** The first event of a stream, and after it the next ones. */
async function* changes(as: string): AsyncGenerator<StateChange> {
  const response = await fetch(`${page.url}events?as=${as}`)
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString()
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      yield JSON.parse(text.slice('data: '.length, end)) as StateChange
      text = text.slice(end + 2)
    }
  }
}

async function seenBy(as: string): Promise<Record<string, unknown>> {
  for await (const { set } of changes(as)) return set
  throw new Error('nothing was sent')
}

async function textsSeenBy(as: string): Promise<string[]> {
  const all = await seenBy(as)
  const messages = Object.entries(all).filter(([key]) => key.startsWith('m:'))
  return messages.map(([, message]) => (message as MessagePart).text)
}

describe('what a person does', () => {
  test('a command reaches the app and its answer is theirs alone', async () => {
    app.command('/istio', async ({ ack, command }) => ack(`you asked: ${command.text}`))
    await app.start()
    expect(await act('U0LEE', { kind: 'command', channel: 'C0PROD', text: '/istio upgrade prod-a' })).toEqual({
      ok: true,
    })
    expect(await textsSeenBy('U0LEE')).toEqual(['you asked: upgrade prod-a'])
    expect(await textsSeenBy('U0MEI')).toEqual([])
  })

  test('a button is pressed as the person, with its value', async () => {
    const pressed: string[] = []
    app.action('approval.approve', async ({ ack, body, action }) => {
      await ack()
      pressed.push(`${body.user.id} ${'value' in action ? String(action.value) : ''}`)
    })
    await app.start()
    const { ts = '' } = await app.client.chat.postMessage({
      channel: 'C0PROD',
      text: 'card',
      blocks: buttons('approval.approve'),
    })
    const place = { kind: 'message', channel: 'C0PROD', ts } as const
    expect(
      await act('U0MEI', { kind: 'click', place, actionId: 'approval.approve', value: 'approval.approve.1' }),
    ).toEqual({ ok: true })
    expect(pressed).toEqual(['U0MEI approval.approve.1'])
  })

  test('a modal complains at its field, closes when it is filled in, and only its own person has it', async () => {
    app.command('/istio', async ({ ack, body, client }) => {
      await ack()
      await client.views.open({ trigger_id: body.trigger_id, view: modal })
    })
    app.view('reason', async ({ ack }) => ack())
    await app.start()
    await act('U0MEI', { kind: 'command', channel: 'C0PROD', text: '/istio' })
    const [view] = parts.slack.views('U0MEI')
    const viewId = view?.id ?? ''
    expect(await act('U0LEE', { kind: 'submit', viewId, values: { why: 'x' } })).toMatchObject({ ok: false })
    expect(await act('U0MEI', { kind: 'submit', viewId, values: {} })).toMatchObject({
      ok: false,
      errors: { why: expect.any(String) },
    })
    expect(await act('U0MEI', { kind: 'submit', viewId, values: { why: 'freeze' } })).toEqual({ ok: true })
    expect(parts.slack.views('U0MEI')).toEqual([])
  })

  test('nothing while the cast plays a story, and everything when that has ended', async () => {
    const given = { kind: 'speed', speed: 60 } as const
    const played = { name: 'smooth', about: 'all of it', state: 'plays', says: 'Lee asks.' } as const
    parts.setStory(played)
    expect(await act('U0LEE', given)).toMatchObject({ ok: false, say: expect.stringContaining('watch it') })
    expect(parts.calendar.state().speed).toBe(1)
    expect((await seenBy('U0LEE'))['story']).toEqual(played)
    parts.setStory({ ...played, state: 'ended' })
    expect(await act('U0LEE', given)).toEqual({ ok: true })
    expect(parts.calendar.state().speed).toBe(60)
  })

  test('opens the App Home', async () => {
    app.event('app_home_opened', async ({ event, client }) => {
      await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'divider' }] } })
    })
    await app.start()
    await act('U0WEI', { kind: 'open-home' })
    await parts.slack.waitFor(() => parts.slack.home('U0WEI'))
    expect(await seenBy('U0WEI')).toMatchObject({ views: { home: { type: 'home' } } })
    expect(await seenBy('U0LEE')).toMatchObject({ views: { home: null } })
  })

  test('says something in a thread', async () => {
    await act('U0LEE', { kind: 'say', channel: 'C0PROD', text: 'hello' })
    const [first] = parts.slack.messages('C0PROD')
    await act('U0MEI', { kind: 'say', channel: 'C0PROD', text: 'hi', threadTs: first?.ts ?? '' })
    expect(parts.slack.messages('C0PROD').map(({ threadTs }) => threadTs)).toEqual([undefined, first?.ts])
  })

  test('time, skipping and troubles', async () => {
    await act('U0LEE', { kind: 'speed', speed: 3600 })
    expect(parts.calendar.state().speed).toBe(3600)
    await act('U0LEE', { kind: 'skip', on: true })
    expect(parts.skip.running()).toBe(true)
    await act('U0LEE', { kind: 'speed', speed: 1 })
    expect(parts.skip.running()).toBe(false)
    await act('U0LEE', { kind: 'trouble', name: 'istiod-dies', on: true })
    await act('U0LEE', { kind: 'trouble', name: 'istiod-dies', on: false })
    await act('U0LEE', { kind: 'trouble', name: 'worker-killed', on: true })
    const { troubles } = await seenBy('U0LEE')
    expect(troubles).toMatchObject([
      {},
      { state: { kind: 'over', lost: 'nothing' } },
      {},
      {},
      { state: { kind: 'over' }, lasts: false },
    ])
    expect(await act('U0LEE', { kind: 'trouble', name: 'worker-killed', on: false })).toMatchObject({ ok: false })
  })
})

const modal: ModalView = {
  type: 'modal',
  callback_id: 'reason',
  title: { type: 'plain_text', text: 'Why?' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: { type: 'plain_text', text: 'Why' },
      element: { type: 'plain_text_input', action_id: 'v' },
    },
  ],
}

describe('what a person cannot do is said', () => {
  const place = { kind: 'message', channel: 'C0SECRET', ts: '1.000001' } as const
  const refused: readonly (readonly [name: string, as: string, act: Act, say: string])[] = [
    [
      'an unknown command',
      'U0LEE',
      { kind: 'command', channel: 'C0PROD', text: '/giphy cat' },
      '/giphy is not a valid command',
    ],
    [
      'no app that listens',
      'U0LEE',
      { kind: 'command', channel: 'C0PROD', text: '/istio help' },
      'did not reach the app',
    ],
    ['a private channel', 'U0LEE', { kind: 'say', channel: 'C0SECRET', text: 'x' }, 'not in this channel'],
    ['a message unseen', 'U0LEE', { kind: 'click', place, actionId: 'a' }, 'You see no such message'],
    ['a modal that is not open', 'U0LEE', { kind: 'close', viewId: 'V1' }, "That can't be done"],
    ['somebody who is not of the cast', 'U0FERRY', { kind: 'open-home' }, 'Nobody here'],
  ]
  test.each(refused)('%s', async (_, as, given, say) => {
    expect(await act(as, given)).toEqual({ ok: false, say: expect.stringContaining(say) })
  })

  const malformed: readonly (readonly [string, unknown])[] = [
    ['no act', { as: 'U0LEE' }],
    ['an unknown kind', { as: 'U0LEE', act: { kind: 'delete' } }],
    ['a speed that is not offered', { as: 'U0LEE', act: { kind: 'speed', speed: 21_600 } }],
    ['a member too many', { as: 'U0LEE', act: { kind: 'open-home', forge: {} } }],
    ['a trouble nobody knows', { as: 'U0LEE', act: { kind: 'trouble', name: 'rm', on: true } }],
    ['a text too long', { as: 'U0LEE', act: { kind: 'say', channel: 'C0PROD', text: 'x'.repeat(200_000) } }],
  ]
  test.each(malformed)('%s', async (_, body) => {
    expect((await post(body)).status).toBe(400)
  })
})

describe('what a person sees is theirs', () => {
  test('private channels, direct messages and ephemerals', async () => {
    const { slack } = parts
    await app.client.chat.postMessage({ channel: 'U0WEI', text: 'for Wei' })
    await app.client.chat.postMessage({ channel: 'C0SECRET', text: 'for the on-call' })
    await app.client.chat.postEphemeral({ channel: 'C0PROD', user: 'U0KIM', text: 'for Kim' })
    slack.say({ user: 'U0LEE', channel: 'C0PROD', text: 'for all' })
    expect(await textsSeenBy('U0WEI')).toEqual(['for Wei', 'for all'])
    expect(await textsSeenBy('U0MEI')).toEqual(['for the on-call', 'for all'])
    expect(await textsSeenBy('U0KIM')).toEqual(['for Kim', 'for all'])
    expect(await textsSeenBy('U0LEE')).toEqual(['for all'])
  })

  test('changes follow: an edit, a message that is gone, another mesh; nothing is sent twice', async () => {
    const message = parts.slack.say({ user: 'U0LEE', channel: 'C0PROD', text: 'first' })
    const key = `m:C0PROD:${message.ts}`
    const stream = changes('U0MEI')
    const next = async (): Promise<StateChange> => {
      const { value } = await stream.next()
      return value as StateChange
    }
    const at = parts.calendar.at(Number(message.ts) * 1000)
    expect(Math.abs(at - start)).toBeLessThan(3_600_000)
    expect((await next()).set[key]).toMatchObject({ text: 'first', edits: 0, at })
    parts.setMesh(meshAt(0.5))
    const second = await next()
    expect(Object.keys(second.set)).toEqual(['mesh'])
    parts.slack.trouble.deleteMessage('C0PROD', message.ts)
    expect(await next()).toEqual({ set: {}, gone: [key] })
    await stream.return(undefined)
  })

  test('nobody outside of the cast can be looked through', async () => {
    expect((await fetch(`${page.url}events?as=U0FERRY`)).status).toBe(404)
  })
})

test('a mesh that cannot be read ends the stream, and the page goes on', async () => {
  const state = { broken: false }
  const fragile = await startPage({
    ...parts,
    mesh: () => {
      if (state.broken) throw new Error('the cluster is away')
      return meshAt(0)
    },
  })
  const response = await fetch(`${fragile.url}events?as=U0LEE`)
  const reader = response.body?.getReader()
  await reader?.read()
  state.broken = true
  await expect(reader?.read()).rejects.toThrow('terminated')
  state.broken = false
  const again = await fetch(`${fragile.url}events?as=U0LEE`)
  expect(again.status).toBe(200)
  await again.body?.cancel()
  await fragile.close()
})
