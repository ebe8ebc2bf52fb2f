import { expect, test } from '@jest/globals'
import { botParts } from '../../../src/compose/bot-parts.ts'
import { newLog } from '../../../src/kernel/log.ts'
import { newKeyPair } from '../../../src/kernel/signatures.ts'
import { load } from '../../support/settings-files.ts'

test('the bot knows the languages of channels, and the teams with whom they are to be asked for', () => {
  const settings = load(`clusters:
  prod-a: { kube: { context: a }, channel: C0PROD, locale: zh }
  prod-b: { kube: { context: b }, channel: C0PROD }
approvals: { install: { need: 1, from: [U0LEE, U0KIM] } }
teams:
  known: { payments: { channel: C0PAY, contact: S0PAY } }
  unowned: { channel: C0OPS }
`)
  const env = { ...settings.env, slackBotToken: 'xoxb-1', slackAppToken: 'xapp-1', redisUrl: 'redis://127.0.0.1:1' }
  const parts = botParts({ ...settings, env: { ...env, botKey: newKeyPair().privateKey } }, newLog('silent', 'test'))
  expect(parts.settings.clusters).toEqual([
    { name: 'prod-a', channel: 'C0PROD', locale: 'zh' },
    { name: 'prod-b', channel: 'C0PROD' },
  ])
  expect(parts.settings.teams).toEqual([
    { name: 'payments', channel: 'C0PAY', contact: 'S0PAY' },
    { name: null, channel: 'C0OPS' },
  ])
  expect(parts.settings.groups).toEqual([])
})
