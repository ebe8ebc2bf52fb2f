import { describe, expect, test } from '@jest/globals'
import { generateKeyPairSync } from 'node:crypto'
import { newKeyPair, signText, verifyText } from '../kernel/signatures.ts'
import { disk, LEAST, load } from '../../test/support/settings-files.ts'
import { loadSettings, readSettings } from './load.ts'

describe('the environment', () => {
  test('each variable also by file, trimmed', () => {
    const files = disk({ 'meshferry.yaml': LEAST, '/run/token': 'xoxb-1\n' })
    const { env } = loadSettings({ SLACK_BOT_TOKEN_FILE: '/run/token', PORT: '3000', SLACK_APP_TOKEN: '' }, files)
    expect(env).toEqual({
      slackBotToken: 'xoxb-1',
      port: 3000,
      recordKeys: [],
      configFile: 'meshferry.yaml',
      logLevel: 'info',
    })
  })

  test('the bot key as PEM or base64; public keys likewise', () => {
    const pem = generateKeyPairSync('ed25519')
    const privatePem = pem.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const publicPem = pem.publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const yaml = `${LEAST}bot: { publicKeys: [${JSON.stringify(publicPem)}, "${newKeyPair().publicKey}"] }`
    const settings = load(yaml, {
      MESHFERRY_BOT_KEY: privatePem,
      MESHFERRY_RECORD_KEY: `${'a'.repeat(32)}, ${'b'.repeat(32)}`,
    })
    const signature = signText('x', settings.env.botKey ?? '')
    expect(settings.botPublicKeys.map((key) => verifyText('x', signature, key))).toEqual([true, false])
    expect(settings.env.recordKeys).toEqual(['a'.repeat(32), 'b'.repeat(32)])
  })

  test('keys as their bare 32 bytes, in base64 or hex', () => {
    const pair = newKeyPair()
    const bare = (key: string): Buffer => Buffer.from(key, 'base64').subarray(-32)
    const yaml = `${LEAST}bot: { publicKeys: ["${bare(pair.publicKey).toString('hex')}"] }`
    const settings = load(yaml, { MESHFERRY_BOT_KEY: bare(pair.privateKey).toString('base64') })
    expect(settings.env.botKey).toBe(pair.privateKey)
    expect(settings.botPublicKeys).toEqual([pair.publicKey])
  })

  test.each<[Record<string, string>, object]>([
    [{ PORT: '99999' }, { code: 'ENV_INVALID', name: 'PORT' }],
    [{ REDIS_URL: 'http://u:hunter2@x' }, { code: 'ENV_INVALID', name: 'REDIS_URL' }],
    [{ MESHFERRY_BOT_KEY: 'hunter2' }, { code: 'ENV_INVALID', name: 'MESHFERRY_BOT_KEY' }],
    [{ MESHFERRY_RECORD_KEY: 'hunter2' }, { code: 'ENV_INVALID', name: 'MESHFERRY_RECORD_KEY' }],
    [{ SLACK_APP_TOKEN: 'hunter2' }, { code: 'ENV_INVALID', name: 'SLACK_APP_TOKEN' }],
    [
      { REDIS_URL: 'redis://a', REDIS_URL_FILE: '/b' },
      { code: 'ENV_TWICE', name: 'REDIS_URL' },
    ],
    [{ REDIS_URL_FILE: '/b' }, { code: 'ENV_FILE_UNREADABLE', name: 'REDIS_URL_FILE', file: '/b' }],
  ])('%j is refused without its value', (env, expected) => {
    const found = readSettings(env, disk({ 'meshferry.yaml': LEAST })).problems
    expect(found.map(({ code, facts }) => ({ code, ...facts }))).toEqual([expect.objectContaining(expected)])
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })
})
