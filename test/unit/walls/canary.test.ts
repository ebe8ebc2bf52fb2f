import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { cyclesIn } from '../../walls/cycles.ts'
import { projectFolder, readFiles } from '../../walls/files.ts'
import { pureRooms, rooms } from '../../walls/table.ts'
import { violationsOf } from '../../walls/violations.ts'

const run = promisify(execFile)
const canary = join(projectFolder, 'test', 'walls', 'canary')
const files = readFiles(canary, ['src'], /\.ts$/)
const broken = [...files].filter(
  ([path]) => /(breaks|breaks\.test|impure)\.ts$/.test(path) && !path.includes('/nowhere/'),
)
const wrongLines = broken.flatMap(([path, source]) => everyLine(source).map((line) => `${path}:${line}`)).toSorted()

function everyLine(source: string): readonly number[] {
  return source
    .trimEnd()
    .split('\n')
    .map((_, index) => index + 1)
}

async function linted(): Promise<readonly string[]> {
  const lint = join(projectFolder, 'node_modules', '.bin', 'oxlint')
  const args = ['--config', 'test/walls/canary.config.ts', '--format', 'json', 'test/walls/canary']
  const options = { cwd: projectFolder, maxBuffer: 2 ** 26 }
  const output = await run(lint, args, options).catch((error: { stdout: string }) => error)
  const { diagnostics } = JSON.parse(output.stdout) as { diagnostics: readonly Diagnostic[] }
  const restricted = diagnostics.filter(({ code }) => code.includes('no-restricted-'))
  return restricted.map(({ filename, labels }) => `${filename.split('canary/')[1]}:${labels[0]?.span.line}`)
}

type Diagnostic = { code: string; filename: string; labels: readonly { span: { line: number } }[] }

test('the canary tries every room, and the clock of every pure one', () => {
  const tried = broken.map(([path]) => path).toSorted()
  const impure = pureRooms.map((room) => `src/${room}/impure.ts`)
  const beside = ['src/istio/breaks.test.ts', 'src/sandbox/kube-server/breaks.ts']
  expect(tried).toEqual([...rooms.map((room) => `src/${room}/breaks.ts`), ...impure, ...beside].toSorted())
})

test('the wall test sees every broken wall and nothing else', () => {
  const seen = [...files].flatMap(([path, source]) => violationsOf(path, source))
  const places = seen.map(({ path, line }) => `${path}:${line}`)
  expect(places.toSorted()).toEqual([...wrongLines, 'src/nowhere/breaks.ts:1', 'src/stray.ts:1'].toSorted())
})

test('the linter sees every broken wall and nothing else', async () => {
  expect([...new Set(await linted())].toSorted()).toEqual(wrongLines)
}, 30_000)

test('a ring of imports is seen, one of types is none', () => {
  const ring = new Map([
    ['src/a.ts', "import { b } from './b.ts'\n"],
    ['src/b.ts', "import { c } from './c.ts'\n"],
    ['src/c.ts', "import { a } from './a.ts'\n"],
    ['src/d.ts', "import type { e } from './e.ts'\n"],
    ['src/e.ts', "import { d } from './d.ts'\n"],
  ])
  expect(cyclesIn(ring)).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/a.ts']])
})
