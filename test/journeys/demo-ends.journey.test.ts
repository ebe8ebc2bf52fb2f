import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { startDemo } from '../support/demo-process.ts'
import { until } from '../support/until.ts'
import { withRedisOnPath } from '../support/redis-on-path.ts'

/** The processes that a process has started and that live: Redis and two workers. */
function childrenOf(pid: number): readonly string[] {
  return readProc(`${pid}/task/${pid}`, 'children')
    .split(' ')
    .filter((one) => one !== '')
}

/** Those of them that still live; one that ended and that nobody has asked about (a zombie) does not. */
function alive(pids: readonly string[]): readonly string[] {
  return pids.filter((pid) => /^State:\s+[^Z]/m.test(readProc(pid, 'status')))
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

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s leaves nothing behind: no port, no process, no file',
  async (signal) => {
    await withRedisOnPath()
    const folder = mkdtempSync(join(tmpdir(), 'meshferry-ends-'))
    const { child, lines } = startDemo(folder, [])
    await until(() => lines.some((line) => line.includes('http://127.0.0.1:')), 60_000)
    const port = Number(/127\.0\.0\.1:(\d+)/.exec(lines.join('\n'))?.[1])
    expect(await answers(port)).toBe(true)
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
    await until(() => childrenOf(child.pid ?? 0).length === 3, 20_000)
    const started = childrenOf(child.pid ?? 0)
    child.kill(signal)
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number | null]
    expect(code).toBe(0)
    expect(await answers(port)).toBe(false)
    expect(alive(started)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  },
  120_000,
)

test('killed with -9 it leaves no process behind, and the next demo removes its files', async () => {
  await withRedisOnPath()
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-ends-'))
  const { child, lines } = startDemo(folder, [])
  await until(() => lines.some((line) => line.includes('http://127.0.0.1:')), 60_000)
  await until(() => childrenOf(child.pid ?? 0).length === 3, 20_000)
  const started = childrenOf(child.pid ?? 0)
  child.kill('SIGKILL')
  await until(() => alive(started).length === 0, 20_000)
  expect(alive(started)).toEqual([])
  expect(readdirSync(folder)).toHaveLength(1)
  const next = startDemo(folder, [])
  await until(() => next.lines.some((line) => line.includes('http://127.0.0.1:')), 60_000)
  expect(readdirSync(folder)).toHaveLength(1)
  next.child.kill('SIGTERM')
  await once(next.child, 'exit')
  expect(readdirSync(folder)).toEqual([])
  rmSync(folder, { recursive: true })
}, 120_000)

test('an unknown story names those that exist', async () => {
  await withRedisOnPath()
  const { child, lines } = startDemo(tmpdir(), ['--headless', '--story', 'smoth'])
  const [code] = (await once(child, 'close')) as [number | null]
  expect(code).toBe(1)
  expect(lines.join('\n')).toMatch(/STORY_UNKNOWN.*smoth.*smooth, install-fails/)
}, 60_000)

test('a port that is taken is said, and nothing of the demo is left', async () => {
  await withRedisOnPath()
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-ends-'))
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const { child, lines } = startDemo(folder, ['--port', `${port}`])
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(1)
  expect(lines.join('\n')).toMatch(new RegExp(`DEMO_PORT_TAKEN.*${port}.*--port`))
  expect(readdirSync(folder)).toEqual([])
  rmSync(folder, { recursive: true })
  other.close()
}, 100_000)
