import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { approvalSample } from '../../support/phase-samples.ts'
import { CHANNEL, chatStage, messageNotice, until, type Stage } from '../../support/chat-stage.ts'
import { until as eventually } from '../../support/until.ts'

let stage: Stage

beforeEach(async () => {
  stage = await chatStage()
})

afterEach(async () => {
  await stage.close()
})

const card = { ...approvalSample('usual', 'pending', 'switch'), approvers: ['S0MESH'] }
const kind = async () => (await stage.chat.health()).slack.kind

test('while the token is revoked nobody can approve, it is said once and loudly, and given back the card is shown', async () => {
  await stage.chat.handleNotice(messageNotice(card, 3))
  await until(() => stage.memory.rows.get(card.id)?.shownRevision === 3, 'the card')
  const ts = stage.slack.messages(CHANNEL)[0]?.ts ?? ''
  expect(await stage.chat.health()).toMatchObject({ slack: { kind: 'ok' }, behind: 0, givenUp: 0 })
  stage.slack.trouble.revokeToken()
  await stage.chat.handleNotice(messageNotice({ ...card, revision: 4 }, 4))
  await eventually(async () => (await kind()) === 'revoked')
  expect(await stage.chat.health()).toMatchObject({ slack: { error: 'token_revoked' }, behind: 1 })
  await stage.slack.click({ user: 'U0SAM', channel: CHANNEL, ts, actionId: 'approval.approve' })
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(stage.requests('approve')).toEqual([])
  expect(stage.log.filter((line) => line.includes('token no more'))).toHaveLength(1)
  stage.slack.trouble.revokeToken(stage.slack.botToken, false)
  await eventually(() => stage.memory.rows.get(card.id)?.shownRevision === 4)
  expect(await kind()).toBe('ok')
})

test.each([
  ['the app is uninstalled', { type: 'app_uninstalled' }, 'revoked'],
  ['our token is revoked', { type: 'tokens_revoked', tokens: { oauth: [], bot: ['OURS'] } }, 'revoked'],
  ["a person's token is revoked", { type: 'tokens_revoked', tokens: { oauth: ['U0LEE'], bot: [] } }, 'ok'],
])('Slack says that %s', async (_, event, expected) => {
  const ours = stage.slack.workspace().bot.userId
  const seen = await stage.slack.event(JSON.parse(JSON.stringify(event).replace('OURS', ours)))
  expect(seen.acked).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await kind()).toBe(expected)
})
