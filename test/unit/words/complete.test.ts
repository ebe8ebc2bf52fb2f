import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CODES } from '../../../src/wire/codes.ts'

const SRC = join(import.meta.dirname, '../../../src')

/** The ways in which the rooms return a code; istio's files put a prefix before a short name. */
const RETURNED =
  /(?:refuse(?:<[^>]*>)?|CodedError|codedOf|noBecause|failed|listed)\(\s*'([A-Z][A-Z0-9_]+)'|code:\s*'([A-Z][A-Z0-9_]+)'/g
const PREFIXED = /[^.]refusal\('([A-Z][A-Z0-9_]+)'/g
const PREFIXES: Readonly<Record<string, string>> = {
  'operator-file.ts': 'OPERATOR_FILE_',
  'rendered-target.ts': 'RENDERED_',
}
/** Codes of Istio's own analyzers start so. */
const FOREIGN = /^IST\d+$/

function sources(): { name: string; text: string }[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/^(sandbox|words)/.test(file))
    .map((file) => ({ name: file.split('/').at(-1) ?? file, text: readFileSync(join(SRC, file), 'utf8') }))
}

function codesIn({ name, text }: { name: string; text: string }): string[] {
  const plain = [...text.matchAll(RETURNED)].map((match) => match[1] ?? match[2] ?? '')
  const prefix = PREFIXES[name]
  const short = [...text.matchAll(PREFIXED)].map((match) => `${prefix ?? ''}${match[1] ?? ''}`)
  return [...plain, ...short].filter((code) => !FOREIGN.test(code))
}

describe('the list of codes', () => {
  test('holds every code that a room returns', () => {
    const returned = new Set(sources().flatMap(codesIn))
    expect(returned.size).toBeGreaterThan(150)
    expect([...returned].filter((code) => !(CODES as readonly string[]).includes(code)).toSorted()).toEqual([])
  })

  test('holds no code that no room knows', () => {
    const all = sources()
      .filter(({ name }) => !name.endsWith('codes.ts'))
      .map(({ text }) => text)
      .join('\n')
    const known = (code: string): boolean => {
      const prefix = Object.values(PREFIXES).find((each) => code.startsWith(each)) ?? ''
      return all.includes(`'${code}'`) || (prefix !== '' && all.includes(`'${code.slice(prefix.length)}'`))
    }
    expect(CODES.filter((code) => !known(code))).toEqual([])
  })
})
