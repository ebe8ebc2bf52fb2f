import { describe, expect, test } from '@jest/globals'
import { keyIdOf, newKeyPair, signText } from '../kernel/signatures.ts'
import type { RequestBody, SignedRequest } from '../wire/request.ts'
import { REQUEST_LIFE_MS, verifyRequest } from './verify-request.ts'

const NOW = Date.parse('2026-11-24T09:00:00Z')
const bot = newKeyPair()
const next = newKeyPair()
const thief = newKeyPair()

const BODY: RequestBody = {
  v: 1,
  id: 'rq-01jd9q4t7haaaaaaaaaaaaaaaa',
  cluster: 'prod-a',
  at: '2026-11-24T09:00:00.000Z',
  nonce: 'a'.repeat(32),
  who: { user: 'U0MEI', team: 'T0HOME', groups: ['S0PLATFORM'], name: 'Mei' },
  ask: { kind: 'stop' },
}

function signed(change: object = {}, key = bot, named = key): SignedRequest {
  const body = JSON.stringify({ ...BODY, ...change })
  return { body, key: keyIdOf(named.publicKey), signature: signText(body, key.privateKey) }
}

function codeOf(raw: unknown, now = NOW, keys = [bot.publicKey]): string {
  const result = verifyRequest(raw, keys, 'prod-a', now)
  return result.ok ? 'ok' : result.refusal.code
}

describe('what may be in the queue', () => {
  test.each<[string, unknown, string]>([
    ['a request of the bot', signed(), 'ok'],
    ['nothing', null, 'REQUEST_MALFORMED'],
    ['a text', 'approve', 'REQUEST_MALFORMED'],
    ['a request without a signature', { body: JSON.stringify(BODY), key: '00000000' }, 'REQUEST_MALFORMED'],
    ['a key that is not ours', signed({}, thief), 'REQUEST_KEY_UNKNOWN'],
    ['another key under the name of ours', signed({}, thief, bot), 'REQUEST_FORGED'],
    [
      'another text under a real signature',
      { ...signed(), body: signed({ nonce: 'b'.repeat(32) }).body },
      'REQUEST_FORGED',
    ],
    ['a signature that is none', { ...signed(), signature: 'x' }, 'REQUEST_FORGED'],
    ['what the bot signed for another cluster', signed({ cluster: 'prod-b' }), 'REQUEST_OF_OTHER_CLUSTER'],
    ['a kind that we do not know', signed({ ask: { kind: 'uninstall' } }), 'REQUEST_MALFORMED'],
    ['a card id that is none', signed({ ask: { kind: 'approve', card: { id: '*' } } }), 'REQUEST_MALFORMED'],
  ])('%s', (_, raw, expected) => {
    expect(codeOf(raw)).toBe(expected)
  })

  test.each([
    ['two minutes old', REQUEST_LIFE_MS, 'ok'],
    ['older', REQUEST_LIFE_MS + 1, 'REQUEST_TOO_OLD'],
    ['as far ahead as clocks may differ', -30_000, 'ok'],
    ['from the future', -30_001, 'REQUEST_TOO_OLD'],
  ])('%s', (_, later, expected) => {
    expect(codeOf(signed(), NOW + later)).toBe(expected)
  })

  test('while keys are rotated both are good, and afterwards only the new one', () => {
    const both = [bot.publicKey, next.publicKey]
    expect(codeOf(signed({}, next), NOW, both)).toBe('ok')
    expect(codeOf(signed(), NOW, both)).toBe('ok')
    expect(codeOf(signed(), NOW, [next.publicKey])).toBe('REQUEST_KEY_UNKNOWN')
    expect(codeOf(signed(), NOW, [])).toBe('REQUEST_KEY_UNKNOWN')
  })
})
