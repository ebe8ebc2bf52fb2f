import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { withGenerated } from '../../../scripts/docs/generated-part.ts'
import { PAGES } from '../../../scripts/docs/pages.ts'
import { CODES } from '../../../src/wire/codes.ts'

test.each(PAGES)(
  'docs/$name is what the code says; else run node scripts/run.mjs scripts/write-docs.ts',
  ({ file, part }) => {
    const page = readFileSync(file, 'utf8')
    expect(withGenerated(page, part())).toBe(page)
  },
)

test('the runbook has an entry for every code', () => {
  const [{ part } = { part: () => '' }] = PAGES
  const entries = [...part().matchAll(/^#### (\w+)$/gm)].map(([, code]) => code)
  expect(new Set(entries)).toEqual(new Set(CODES))
  expect(entries).toHaveLength(CODES.length)
})

test('what people wrote around the generated part stays', () => {
  const [begin, end] = [
    '<!-- generated: node scripts/run.mjs scripts/write-docs.ts -->',
    '<!-- end of what is generated -->',
  ]
  expect(withGenerated(`before ${begin} old ${end} after`, 'new')).toBe(`before ${begin}\n\nnew\n\n${end} after`)
  expect(() => withGenerated('no marks', 'new')).toThrow('lacks')
})
