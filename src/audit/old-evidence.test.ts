import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { T0 } from '../../test/support/run-builders.ts'
import { isEvidenceOf, removeOldEvidence } from './old-evidence.ts'

const DAY_MS = 86_400_000
const RUN = 'run-01jd9q4t7hzzzzzzzzzzzzzzzz'
const OTHER = 'run-01jd9q4t7hyyyyyyyyyyyyyyyy'
const BEFORE = T0 - 400 * DAY_MS

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meshferry-old-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true, force: true })
})

function put(name: string, timeMs: number): string {
  const path = join(folder, name)
  writeFileSync(path, name)
  utimesSync(path, timeMs / 1000, timeMs / 1000)
  return path
}

test.each([
  [`prod-a-${RUN}.json`, true],
  [`prod-a-${RUN}.html`, true],
  [`prod-a-${RUN}.json.part`, true],
  [`prod-a-${RUN}.json.bak`, false],
  [`prod-a-${RUN}`, false],
  [`prod-a-${RUN}.tar.json`, false],
  [`prod-${RUN}.json`, false],
  [`prod-a-b-${RUN}.json`, false],
  [`my-prod-a-${RUN}.json`, false],
  [`prod-a-${RUN.toUpperCase()}.json`, false],
  ['prod-a-run-2026.json', false],
  ['prod-a.json', false],
  ['', false],
])('only what we named for the cluster is its evidence: %s', (name, isIt) => {
  expect(isEvidenceOf('prod-a', name)).toBe(isIt)
})

describe('old evidence', () => {
  test('goes, and nothing else does: what is younger, of another cluster, of somebody else, a folder or a link', async () => {
    const old = [put(`prod-a-${RUN}.html`, BEFORE - 1000), put(`prod-a-${RUN}.json`, BEFORE - 1000)]
    put(`prod-a-${OTHER}.json`, BEFORE)
    put(`prod-b-${RUN}.json`, 0)
    put('notes.json', 0)
    const elsewhere = put('kept-for-the-auditor.json', 0)
    symlinkSync(elsewhere, join(folder, `prod-a-${OTHER}.html`))
    mkdirSync(join(folder, `prod-a-${OTHER}.json.part`))
    utimesSync(join(folder, `prod-a-${OTHER}.json.part`), 0, 0)
    const all = readdirSync(folder)
    expect(await removeOldEvidence(folder, 'prod-a', BEFORE)).toEqual({ removed: old, failed: [] })
    expect(readdirSync(folder)).toEqual(all.filter((name) => !old.includes(join(folder, name))))
    expect(await removeOldEvidence(folder, 'prod-a', BEFORE)).toEqual({ removed: [], failed: [] })
  })

  test('that can not be looked at is named, and nothing is thrown; a folder that is not there has none', async () => {
    const file = put('a-file', T0)
    expect(await removeOldEvidence(file, 'prod-a', T0)).toEqual({
      removed: [],
      failed: [{ path: file, message: expect.stringContaining('ENOTDIR') }],
    })
    expect(await removeOldEvidence(join(folder, 'never'), 'prod-a', T0)).toEqual({ removed: [], failed: [] })
  })
})
