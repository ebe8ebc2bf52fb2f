import { describe, expect, test } from '@jest/globals'
import { CODES } from '../wire/codes.ts'
import { phrasesEn, type PhraseKey } from './en/phrases.ts'
import { phrase, phraseTemplate } from './phrases.ts'
import { say, sentenceOf } from './say.ts'
import { factsOf, fill } from './template.ts'

const CJK = /[一-鿿]/
const HALF_WIDTH = /[一-鿿][,:;?()]|[,;?()][一-鿿]/
const keys = Object.keys(phrasesEn) as PhraseKey[]

describe('the codes', () => {
  test('are listed once each', () => {
    expect([...new Set(CODES)]).toEqual([...CODES])
  })

  test.each([...CODES])('%s speaks of the same facts in both languages', (code) => {
    const facts = (locale: 'en' | 'zh'): readonly string[] => factsOf(sentenceOf(code, locale).join(' '))
    expect(facts('zh')).toEqual(facts('en'))
  })

  test.each([...CODES])('%s says something in both, and a next step in both or in none', (code) => {
    const [en, zh] = [sentenceOf(code, 'en'), sentenceOf(code, 'zh')]
    expect(en[0].length).toBeGreaterThan(5)
    expect(zh[0]).toMatch(CJK)
    expect(Boolean(zh[1])).toBe(Boolean(en[1]))
    expect(`${zh[0]}${zh[1] ?? ''}`).not.toMatch(HALF_WIDTH)
  })
})

describe('the phrases', () => {
  test.each(keys)('%s speaks of the same facts in both languages', (key) => {
    expect(factsOf(phraseTemplate(key, 'zh'))).toEqual(factsOf(phraseTemplate(key, 'en')))
  })

  test.each(keys)('%s has Chinese punctuation in Chinese', (key) => {
    expect(phraseTemplate(key, 'zh')).not.toMatch(HALF_WIDTH)
  })
})

describe('fill', () => {
  test.each([
    ['a {x} b', { x: 'X' }, 'a X b'],
    ['a {x} b', {}, 'a ? b'],
    ['a[[ by {x}]] b', {}, 'a b'],
    ['a[[ by {x}]] b', { x: 'me' }, 'a by me b'],
    ['{xs}', { xs: ['1', '2'] }, '1, 2'],
    ['{xs}', { xs: ['1', '2', '3', '4', '5', '6', '7', '8'] }, '1, 2, 3, 4, 5, 6 and 2 more'],
    ['{t}', { t: '2026-11-24T09:00:00.000Z' }, '2026-11-24 09:00 UTC'],
    ['{n}', { n: 0 }, '0'],
    ['{n} {n|pod|pods}', { n: 1 }, '1 pod'],
    ['{n} {n|pod|pods}', { n: 0 }, '0 pods'],
    ['{n} {n|pod waits|pods wait}[[ in {x}]]', { n: 2, x: 'a' }, '2 pods wait in a'],
    ['{b}', { b: false }, 'no'],
    ['{x}', { x: '{y} [[z]]', y: 'no' }, '{y} [[z]]'],
  ])('%s with %j', (template, facts, expected) => {
    expect(fill(template, facts, 'en')).toBe(expected)
  })
})

describe('say', () => {
  test('says what happened with its facts, and what to do next', () => {
    const said = say('CLUSTER_FORBIDDEN', { verb: 'patch', resource: 'mutatingwebhookconfigurations' }, 'en')
    expect(said.what).toBe('The worker may not patch mutatingwebhookconfigurations.')
    expect(said.next).toBe("Add verb patch on mutatingwebhookconfigurations to the worker's role.")
  })

  test('names a phase in the language of the reader', () => {
    expect(say('NO_APPROVERS', { phase: 'switch' }, 'en').what).toContain('switch injection')
    expect(say('NO_APPROVERS', { phase: 'switch' }, 'zh').what).toContain('切换注入')
  })

  test('names the key under which a phase has its approvers', () => {
    const facts = { path: 'approvals.rehearse', nearest: 'gateways', phase: 'rehearse' }
    expect(say('CONFIG_UNKNOWN_KEY', facts, 'en').next).toBe(
      'Did you mean gateways? Who approves “rehearsal of the retirement” stands there.',
    )
    expect(say('CONFIG_UNKNOWN_KEY', facts, 'zh').next).toContain('gateways？“演练下线旧控制面”')
    expect(say('CONFIG_UNKNOWN_KEY', { path: 'x', nearest: 'y' }, 'en').next).toBe('Did you mean y?')
  })

  test('says the cause that another code is', () => {
    const facts = { class: 'default', namespace: 'shop', expected: '1-31-0', found: '', because: 'PROBE_QUOTA' }
    const { what } = say('PROOF_UNPROVABLE', facts, 'en')
    expect(what).toContain('A quota refuses the probe pod')
    expect(say('PROOF_WRONG', facts, 'en').what).toContain('gets no sidecar instead of 1-31-0')
  })

  test('does not drop a code of a newer version', () => {
    expect(say('SOMETHING_NEW', { a: 1 }, 'en').what).toContain('SOMETHING_NEW (a=1)')
  })

  test('gives phrases', () => {
    expect(phrase('buttonApprove', {}, 'zh')).toBe('批准')
  })
})
