import { expect, test } from '@jest/globals'
import { projectFolder, readFiles } from '../../walls/files.ts'
import { withoutComments } from '../../walls/imports.ts'

type Files = ReadonlyMap<string, string>

const code = readFiles(projectFolder, ['src', 'test', 'scripts'], /\.(ts|mjs)$/)
const source = readFiles(projectFolder, ['src'], /\.ts$/)
const everything = readFiles(
  projectFolder,
  ['src', 'test', 'scripts', 'docs', 'deploy', '.ci', 'README.md', '.env.example', 'package.json'],
  /.*/,
)
// This file names what it forbids.
const self = 'test/unit/walls/house-rules.test.ts'

function linesWith(files: Files, forbidden: RegExp): readonly string[] {
  return [...files]
    .filter(([path]) => path !== self)
    .flatMap(([path, text]) =>
      text.split('\n').flatMap((line, index) => (forbidden.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
    )
}

test('no file is longer than 300 lines', () => {
  const long = [...code].filter(([, text]) => text.trimEnd().split('\n').length > 300)
  expect(long.map(([path]) => path)).toEqual([])
})

test('no test is left out, and none mocks a module', () => {
  const forbidden =
    /\b(?:jest|vi)\.(?:mock|doMock|unstable_mockModule)\b|\b(?:test|it|describe)\.(?:skip|only|todo)\b|\bxit\(/
  expect(linesWith(code, forbidden)).toEqual([])
})

test('nothing is put off in a comment, and no check is silenced wholesale', () => {
  expect(linesWith(code, /\bTODO\b|\bFIXME\b|\bXXX\b|@ts-(?:ignore|nocheck)/)).toEqual([])
  // In a comment these are two English words.
  const bare = new Map([...code].map(([path, text]) => [path, withoutComments(text)]))
  expect(linesWith(bare, /\bas any\b/)).toEqual([])
})

test('unions, not enums; files and names, not namespaces', () => {
  const bare = new Map([...code].map(([path, text]) => [path, withoutComments(text)]))
  expect(linesWith(bare, /^\s*(?:export\s+)?(?:declare\s+)?(?:const\s+)?(?:enum|namespace)\s+\w+\s*\{/)).toEqual([])
})

test('nothing knows the machine it was written on', () => {
  expect(linesWith(everything, /(?<![\w./-])\/(?:work|root|home\/\w+)(?:\/|\b(?![-\w]))/)).toEqual([])
})

test('every code that is thrown or refused is in the list of codes', () => {
  const list = [...source].flatMap(([path, text]) => (/^src\/wire\/.*codes\.ts$/.test(path) ? [text] : [])).join('\n')
  const given = [...source]
    .filter(([path]) => !path.endsWith('.test.ts') && !path.startsWith('src/sandbox/'))
    .flatMap(([path, text]) => codesGivenIn(text).map((name) => ({ path, name })))
  const unknown = given.filter(({ name }) => !new RegExp(`\\b${name}\\b`).test(list))
  expect(unknown.map(({ path, name }) => `${name} (${path})`)).toEqual([])
})

test('the codes of a file are found in every way that they are given', () => {
  const text =
    "throw new CodedError('ONE', {}); return refuse<Run>(\n  'TWO_2'); const gate = { code: 'THREE', facts: {} }"
  expect(codesGivenIn(text)).toEqual(['ONE', 'TWO_2', 'THREE'])
})

function codesGivenIn(text: string): readonly string[] {
  const given = /(?:\bCodedError\(|\brefuse(?:<[^(]*>)?\(|\{\s*code:)\s*'([A-Z][A-Z0-9_]*)'/g
  return [...text.matchAll(given)].map((match) => match[1] ?? '')
}
