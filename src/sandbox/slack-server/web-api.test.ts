import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Json } from './json.ts'
import { startSlackServer } from './server.ts'
import type { SlackServer } from './server.ts'

let slack: SlackServer
let now: number

beforeEach(async () => {
  now = Date.parse('2026-11-24T02:00:00Z')
  slack = await startSlackServer({
    now: () => now,
    groups: [{ id: 'S0MESH', handle: 'mesh', members: ['U0MEI', 'U0SAM'] }],
    channels: [
      { id: 'C0PLATFORM', name: 'platform' },
      { id: 'C0OTHER', members: ['U0LEE'] },
      { id: 'G0SECRET', isPrivate: true, members: ['U0LEE'] },
    ],
  })
})

afterEach(() => slack.close())

type Reply = { status: number; retryAfter: string | null; body: Json }

async function call(method: string, args: Json, token = slack.botToken): Promise<Reply> {
  const response = await fetch(slack.apiUrl + method, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(args),
  })
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: (await response.json()) as Json,
  }
}

async function post(text: string, channel = 'C0PLATFORM'): Promise<string> {
  return String((await call('chat.postMessage', { channel, text })).body['ts'])
}

describe('tokens and scopes', () => {
  test.each([
    ['', 'not_authed'],
    ['xoxb-other', 'invalid_auth'],
    ['xapp-local-app', 'not_allowed_token_type'],
  ])('token %p: %s', async (token, error) => {
    expect((await call('auth.test', {}, token)).body).toEqual({ ok: false, error })
  })

  test('a revoked token', async () => {
    slack.trouble.revokeToken()
    expect((await call('auth.test', {})).body['error']).toBe('token_revoked')
  })

  test('a scope that is missing is named', async () => {
    const { body } = await call('conversations.history', { channel: 'C0PLATFORM' })
    expect(body).toMatchObject({ ok: false, error: 'missing_scope', needed: 'channels:history' })
  })

  test('an unknown method', async () => {
    expect((await call('chat.shout', {})).body['error']).toBe('unknown_method')
  })
})

describe('messages', () => {
  test.each([
    ['C0NOWHERE', 'channel_not_found'],
    ['C0OTHER', 'not_in_channel'],
    ['G0SECRET', 'channel_not_found'],
  ])('a post to %s: %s', async (channel, error) => {
    expect((await call('chat.postMessage', { channel, text: 'x' })).body['error']).toBe(error)
  })

  test('an archived channel, a message that is gone, and one of somebody else', async () => {
    const ts = await post('x')
    slack.trouble.deleteMessage('C0PLATFORM', ts)
    expect((await call('chat.update', { channel: 'C0PLATFORM', ts, text: 'y' })).body['error']).toBe(
      'message_not_found',
    )
    const theirs = slack.say({ user: 'U0LEE', channel: 'C0PLATFORM', text: 'mine' }).ts
    expect((await call('chat.update', { channel: 'C0PLATFORM', ts: theirs, text: 'y' })).body['error']).toBe(
      'cant_update_message',
    )
    slack.trouble.archiveChannel('C0PLATFORM')
    expect((await call('chat.postMessage', { channel: 'C0PLATFORM', text: 'x' })).body['error']).toBe('is_archived')
  })

  test('a post to a person is a direct message', async () => {
    const { body } = await call('chat.postMessage', { channel: 'U0LEE', text: 'psst' })
    expect(body['channel']).toBe('D0LEE')
    expect(slack.dms('U0LEE').map(slack.text)).toEqual(['psst'])
  })

  test('forms and JSON mean the same; blocks may be text', async () => {
    const blocks = JSON.stringify([{ type: 'divider' }])
    const form = new URLSearchParams({ token: slack.botToken, channel: 'C0PLATFORM', text: 'x', blocks })
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', body: form })
    expect(((await response.json()) as Json)['ok']).toBe(true)
    expect(slack.calls('chat.postMessage')[0]?.args['token']).toBeUndefined()
  })

  test('an edit without blocks removes them, and keeps attachments and metadata', async () => {
    const metadata = { event_type: 'card', event_payload: { id: '1' } }
    const posted = await call('chat.postMessage', {
      channel: 'C0PLATFORM',
      text: 'a',
      blocks: [{ type: 'divider' }],
      attachments: [{ text: 'at' }],
      metadata,
    })
    const ts = String(posted.body['ts'])
    await call('chat.update', { channel: 'C0PLATFORM', ts, text: 'b' })
    const versions = slack.message('C0PLATFORM', ts)?.versions ?? []
    expect(versions).toHaveLength(2)
    expect(versions[1]).toMatchObject({ text: 'b', blocks: [], attachments: [{ text: 'at' }], metadata })
  })

  test('history is newest first and carries metadata on request', async () => {
    slack.setScopes(['chat:write', 'channels:history'])
    const metadata = { event_type: 'card', event_payload: { id: '1' } }
    await call('chat.postMessage', { channel: 'C0PLATFORM', text: 'one', metadata })
    await post('two')
    const { body } = await call('conversations.history', { channel: 'C0PLATFORM', include_all_metadata: true })
    expect(body['messages']).toMatchObject([{ text: 'two' }, { text: 'one', metadata }])
  })

  test('an ephemeral message is for members only, and seen by one', async () => {
    slack.changeChannel('C0PLATFORM', { members: ['U0FERRY', 'U0LEE'] })
    const refused = await call('chat.postEphemeral', { channel: 'C0PLATFORM', user: 'U0MEI', text: 'x' })
    expect(refused.body['error']).toBe('user_not_in_channel')
    await call('chat.postEphemeral', { channel: 'C0PLATFORM', user: 'U0LEE', text: 'x' })
    expect(slack.ephemerals('U0LEE')).toHaveLength(1)
    expect(slack.messages('C0PLATFORM')).toEqual([])
  })
})

describe('limits of rate', () => {
  test('a fifth post in a second gets 429 with Retry-After; another channel does not', async () => {
    slack.addChannel({ id: 'C0SECOND' })
    for (let i = 0; i < 4; i++) await post('x')
    const fifth = await call('chat.postMessage', { channel: 'C0PLATFORM', text: 'x' })
    expect(fifth).toMatchObject({ status: 429, retryAfter: '4', body: { ok: false, error: 'ratelimited' } })
    expect((await call('chat.postMessage', { channel: 'C0SECOND', text: 'x' })).status).toBe(200)
    now += 4000
    expect((await call('chat.postMessage', { channel: 'C0PLATFORM', text: 'x' })).status).toBe(200)
  })

  test('a person and the direct channel with him are one channel', async () => {
    const dm = String((await call('chat.postMessage', { channel: 'U0LEE', text: 'x' })).body['channel'])
    for (let i = 0; i < 3; i++) await post('x', dm)
    expect((await call('chat.postMessage', { channel: 'U0LEE', text: 'x' })).status).toBe(429)
  })

  test('posts to many channels meet the cap of the workspace', async () => {
    slack.setRateLimits({ postsPerMinute: 2 })
    for (const id of ['C0ONE', 'C0TWO', 'C0THREE']) slack.addChannel({ id })
    await post('x', 'C0ONE')
    await post('x', 'C0TWO')
    const third = await call('chat.postMessage', { channel: 'C0THREE', text: 'x' })
    expect(third).toMatchObject({ status: 429, retryAfter: '60', body: { ok: false, error: 'ratelimited' } })
    now += 60_000
    expect((await call('chat.postMessage', { channel: 'C0THREE', text: 'x' })).status).toBe(200)
  })

  test('tiers count per minute; tests may set or lift them', async () => {
    slack.setRateLimits({ methods: { 'users.info': 1 } })
    await call('users.info', { user: 'U0LEE' })
    expect((await call('users.info', { user: 'U0LEE' })).status).toBe(429)
    slack.setRateLimits('off')
    expect((await call('users.info', { user: 'U0LEE' })).status).toBe(200)
  })
})

describe('trouble', () => {
  test('failures come once, in the order they were set', async () => {
    slack.trouble.failNext('auth.test', { retryAfter: 7 })
    slack.trouble.failNext('auth.test', { error: 'fatal_error' })
    expect(await call('auth.test', {})).toMatchObject({ status: 429, retryAfter: '7' })
    expect((await call('auth.test', {})).body['error']).toBe('fatal_error')
    expect((await call('auth.test', {})).body['ok']).toBe(true)
  })

  test('a lost reply: the message is there all the same', async () => {
    slack.trouble.failNext('chat.postMessage', { dropReply: true })
    await expect(post('x')).rejects.toThrow()
    expect(slack.messages('C0PLATFORM')).toHaveLength(1)
  })

  test('Slack away, and back', async () => {
    slack.trouble.slackAway(true)
    await expect(call('auth.test', {})).rejects.toThrow()
    slack.trouble.slackAway('5xx')
    await expect(call('auth.test', {})).rejects.toThrow()
    expect(await slack.command({ user: 'U0LEE', channel: 'C0PLATFORM' })).toMatchObject({
      acked: false,
      error: 'dispatch_failed',
    })
    slack.trouble.slackAway(false)
    expect((await call('auth.test', {})).body['ok']).toBe(true)
  })
})

describe('who people are', () => {
  test('users.info with the locale; members of a group; a shared channel', async () => {
    slack.changeUser('U0MEI', { isRestricted: true, teamId: 'T0OTHER' })
    const user = (await call('users.info', { user: 'U0MEI', include_locale: true })).body['user']
    expect(user).toMatchObject({ locale: 'zh-CN', tz: 'Asia/Shanghai', is_restricted: true, team_id: 'T0OTHER' })
    expect((await call('usergroups.users.list', { usergroup: 'S0MESH' })).body['users']).toEqual(['U0MEI', 'U0SAM'])
    slack.changeChannel('C0PLATFORM', { isExtShared: true })
    expect((await call('conversations.info', { channel: 'C0PLATFORM' })).body['channel']).toMatchObject({
      is_ext_shared: true,
      is_member: true,
    })
  })
})

describe('response_url', () => {
  test('five answers, then none; none after 30 minutes', async () => {
    const seen = await slack.command({ user: 'U0LEE', channel: 'C0OTHER' })
    const use = async () => {
      const response = await fetch(seen.responseUrl?.url ?? '', {
        method: 'POST',
        body: JSON.stringify({ text: 'hi' }),
      })
      return [response.status, ((await response.json()) as Json)['error']]
    }
    for (let i = 0; i < 5; i++) expect((await use())[0]).toBe(200)
    expect(await use()).toEqual([404, 'used_url'])
    expect(slack.ephemerals('U0LEE')).toHaveLength(5)
    now += 30 * 60_000 + 1
    expect(await use()).toEqual([404, 'expired_url'])
  })
})
