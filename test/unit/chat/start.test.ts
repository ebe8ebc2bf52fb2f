import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { trySocketToken } from '../../../src/chat/slack-identity.ts'
import { newLog } from '../../../src/kernel/log.ts'
import { NEEDED_SCOPES } from '../../../src/wire/slack-scopes.ts'
import { deliveryFrom } from '../../../src/chat/settings.ts'
import type { SlackServer } from '../../../src/sandbox/slack-server/server.ts'
import { CHANNEL, chatStage, localSlack, until, type Stage } from '../../support/chat-stage.ts'

let slack: SlackServer

beforeEach(async () => {
  slack = await localSlack()
})

afterEach(async () => {
  await slack.close()
})

describe('starting', () => {
  test.each([
    [{}, 'SLACK_BOT_TOKEN'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
  ])('%j misses %s', (env, name) => {
    expect(() => deliveryFrom(env)).toThrow(expect.objectContaining({ code: 'SLACK_TOKEN_MISSING', facts: { name } }))
  })

  test('a wrong bot token is named', async () => {
    await expect(chatStage({ slack, settings: { botToken: 'xoxb-wrong' } })).rejects.toMatchObject({
      code: 'SLACK_TOKEN_INVALID',
      facts: { name: 'SLACK_BOT_TOKEN', error: 'invalid_auth' },
    })
  })

  test('a wrong app token is named', async () => {
    const delivery = { kind: 'socket', appToken: 'xapp-wrong' } as const
    await expect(chatStage({ slack, settings: { delivery } })).rejects.toMatchObject({
      code: 'SLACK_TOKEN_INVALID',
      facts: { name: 'SLACK_APP_TOKEN' },
    })
  })

  test('the app token is tried without a connection', async () => {
    await trySocketToken(slack.appToken, slack.apiUrl, newLog('silent', 'test'))
    expect(slack.calls('apps.connections.open')).toHaveLength(1)
    expect(slack.connections()).toBe(0)
    await expect(trySocketToken('xapp-wrong', slack.apiUrl, newLog('silent', 'test'))).rejects.toMatchObject({
      code: 'SLACK_TOKEN_INVALID',
      facts: { name: 'SLACK_APP_TOKEN', error: 'invalid_auth' },
    })
  })

  test('a missing scope is named', async () => {
    slack.setScopes(['commands', 'chat:write', 'users:read', 'channels:read', 'groups:read'])
    await expect(chatStage({ slack })).rejects.toMatchObject({
      code: 'SLACK_SCOPE_MISSING',
      facts: { scope: 'usergroups:read' },
    })
  })

  const team = { name: 'payments', channel: CHANNEL }
  test.each([
    ['members', [{ ...team, members: ['U0LEE', 'S0PAY'] }]],
    ['the contact', [{ ...team, contact: 'S0PAY' }]],
  ])('a scope for user groups is missing where only %s of a team are one', async (_, teams) => {
    slack.setScopes(Object.keys(NEEDED_SCOPES).filter((scope) => scope !== 'usergroups:read'))
    await expect(chatStage({ slack, settings: { groups: [], teams } })).rejects.toMatchObject({
      code: 'SLACK_SCOPE_MISSING',
      facts: { scope: 'usergroups:read' },
    })
  })

  test('no scope for user groups is needed where the settings name people alone', async () => {
    slack.setScopes(Object.keys(NEEDED_SCOPES).filter((scope) => scope !== 'usergroups:read'))
    const teams = [{ ...team, members: ['U0LEE'], contact: 'U0MEI' }]
    const stage = await chatStage({ slack, settings: { groups: [], teams } })
    await stage.close()
    expect(stage.log.filter((line) => line.includes('usergroups'))).toEqual([])
  })

  test('a missing optional scope is said in the log, and is no reason not to start', async () => {
    slack.setScopes(Object.keys(NEEDED_SCOPES))
    const stage = await chatStage({ slack })
    expect(stage.log.filter((line) => line.includes('"chat:write.public"'))).toHaveLength(1)
    await stage.close()
  })

  test('a Slack that is away is named', async () => {
    slack.trouble.slackAway(true)
    await expect(chatStage({ slack })).rejects.toMatchObject({
      code: 'SLACK_UNREACHABLE',
      facts: { url: slack.apiUrl },
    })
  })
})

describe('HTTP mode', () => {
  let stage: Stage

  beforeEach(async () => {
    stage = await chatStage({ slack, http: true })
  })

  afterEach(async () => {
    await stage.close()
  })

  const help = { user: 'U0LEE', channel: CHANNEL, text: 'help' }

  test('signed requests are answered', async () => {
    const seen = await slack.command(help)
    expect(slack.text(await seen.answer())).toContain('/istio rollback')
  })

  test('the same request twice, a spoilt signature, old times and times from the future are refused', async () => {
    const seen = await slack.command({ ...help, text: 'stop' })
    await stage.request('stop')
    for (const how of ['same', 'wrong-signature', 'old-timestamp', 'future-timestamp'] as const) {
      expect({ how, answer: await slack.again(seen, how) }).toMatchObject({ how, answer: { acked: false } })
    }
    expect(stage.requests('stop')).toHaveLength(1)
  })
})

test('after Slack recycled the connection the bot is back soon', async () => {
  const stage = await chatStage({ slack })
  slack.trouble.refresh()
  await until(() => slack.connections() === 1, 'a new connection')
  const seen = await slack.command({ user: 'U0LEE', channel: CHANNEL, text: 'help' })
  expect(seen.acked).toBe(true)
  await stage.close()
})
