import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from '@jest/globals'
import { until } from '../support/until.ts'
import { withRedisOnPath } from '../support/redis-on-path.ts'

const ROOT = join(import.meta.dirname, '..', '..')

function startDemo(folder: string, args: readonly string[]) {
  // What must not be used is set to what would be noticed.
  const env = { ...process.env, TMPDIR: folder, REDIS_URL: 'redis://127.0.0.1:1', SLACK_BOT_TOKEN: 'xoxb-not-yours' }
  const child = spawn(process.execPath, [join(ROOT, 'src', 'main.ts'), 'demo', ...args], { env, stdio: 'pipe' })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => lines.push(line))
  return { child, lines }
}

/** Processes that have this folder in their command line or environment: all that the demo started. */
function processesOf(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => ['cmdline', 'environ'].some((file) => readProc(pid, file).includes(folder)))
}

function readProc(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s leaves nothing behind: no port, no process, no file',
  async (signal) => {
    await withRedisOnPath()
    const folder = mkdtempSync(join(tmpdir(), 'meshferry-ends-'))
    const { child, lines } = startDemo(folder, [])
    await until(() => lines.some((line) => line.includes('http://127.0.0.1:')), 60_000)
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(lines.join('\n'))?.[1])
    expect(await answers(port)).toBe(true)
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
    // The demo itself, its Redis and two workers.
    await until(() => processesOf(folder).length >= 4, 20_000)
    child.kill(signal)
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
    expect(await answers(port)).toBe(false)
    expect(processesOf(folder)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  },
  120_000,
)

test('killed with -9 it leaves no process behind', async () => {
  await withRedisOnPath()
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-ends-'))
  const { child, lines } = startDemo(folder, [])
  await until(() => lines.some((line) => line.includes('http://127.0.0.1:')), 60_000)
  child.kill('SIGKILL')
  await until(() => processesOf(folder).length === 0, 20_000)
  expect(processesOf(folder)).toEqual([])
  rmSync(folder, { recursive: true })
}, 120_000)

test('an unknown story names those that exist', async () => {
  await withRedisOnPath()
  const { child, lines } = startDemo(tmpdir(), ['--headless', '--story', 'smoth'])
  const [code] = (await once(child, 'close')) as [number | null]
  expect(code).toBe(1)
  expect(lines.join('\n')).toMatch(/STORY_UNKNOWN.*smoth.*smooth, install-fails/)
}, 60_000)
