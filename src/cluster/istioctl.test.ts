import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Istioctl } from '../ports/cluster.ts'
import { newIstioctl } from './istioctl.ts'
import { startTicksOf } from './process-start.ts'

// A program in istioctl's place: says who it is, hangs on `hang`, ends with 3 otherwise.
const PROGRAM = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs')
writeFileSync(__dirname + '/ran', String(process.pid))
console.log('args ' + process.argv.slice(2).join(' '))
console.log('stdin [' + readFileSync(0, 'utf8') + ']')
if (process.argv[2] === 'hang') setTimeout(() => {}, 60000)
else process.exitCode = 3
`

describe('istioctl', () => {
  let dir: string
  let istioctl: Istioctl
  const ran = (): boolean => existsSync(join(dir, 'ran'))

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'meshferry-istioctl-test-'))
    const file = join(dir, 'istioctl-1.31.0')
    writeFileSync(file, PROGRAM)
    chmodSync(file, 0o755)
    const sha256 = createHash('sha256').update(PROGRAM).digest('hex')
    istioctl = newIstioctl({
      pinned: { dir, sha256: { '1.31.0': sha256, '1.30.0': sha256 } },
      access: { cliArgs: ['--context', 'prod a'], usesExecPlugin: false },
      istioNamespace: 'istio-system',
      env: { PATH: process.env['PATH'] },
      graceMs: 300,
    })
  })
  afterEach(() => rmSync(dir, { recursive: true, force: true }))

  test('a failing exit code is a result, with lines, standard output and an empty stdin', async () => {
    const seen: string[] = []
    const call = {
      version: '1.31.0',
      args: ['install', '-y'],
      deadlineMs: 20_000,
      onLine: (line: string) => seen.push(line),
    }
    const result = await istioctl.run(call)
    const args = 'args install -y --context prod a --istioNamespace istio-system'
    expect(result).toMatchObject({ exitCode: 3, ended: 'exited', lines: [args, 'stdin []'] })
    expect(result.stdout).toBe(`${args}\nstdin []\n`)
    expect(seen).toEqual(result.lines)
  })

  test('nothing runs before the journal knows the child, which then keeps its pid', async () => {
    let told = 0
    const onSpawn = async ({ pid, startTicks }: { pid: number; startTicks: string }): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(ran()).toBe(false)
      expect(startTicks).toBe(startTicksOf(pid))
      told = pid
    }
    await istioctl.run({ version: '1.31.0', args: ['x'], deadlineMs: 20_000, onSpawn })
    expect(Number(readFileSync(join(dir, 'ran'), 'utf8'))).toBe(told)
  })

  test('when the journal can’t be written the child never acts', async () => {
    const onSpawn = (): Promise<void> => Promise.reject(new Error('no journal'))
    await expect(istioctl.run({ version: '1.31.0', args: ['x'], deadlineMs: 20_000, onSpawn })).rejects.toThrow(
      'no journal',
    )
    expect(ran()).toBe(false)
  })

  test('the deadline and the signal end it', async () => {
    expect(await istioctl.run({ version: '1.31.0', args: ['hang'], deadlineMs: 700 })).toMatchObject({
      ended: 'deadline',
    })
    const stop = new AbortController()
    const onLine = (): void => stop.abort()
    const call = { version: '1.31.0', args: ['hang'], deadlineMs: 20_000, signal: stop.signal, onLine }
    expect(await istioctl.run(call)).toMatchObject({ ended: 'cancelled', exitCode: null })
  })

  test('a binary that is missing, not pinned or changed is never started', async () => {
    const run = (version: string) => istioctl.run({ version, args: [], deadlineMs: 1000 })
    await expect(run('1.30.0')).rejects.toMatchObject({ code: 'ISTIOCTL_MISSING' })
    await expect(run('1.29.0')).rejects.toMatchObject({ code: 'ISTIOCTL_UNPINNED' })
    writeFileSync(join(dir, 'istioctl-1.31.0'), `${PROGRAM}\n`)
    await expect(run('1.31.0')).rejects.toMatchObject({ code: 'ISTIOCTL_CHECKSUM' })
    expect(ran()).toBe(false)
  })

  test('another binary than the approved one is never started, though its checksum is pinned by now', async () => {
    const call = { version: '1.31.0', args: ['x'], deadlineMs: 20_000 }
    const approved = istioctl.run({ ...call, sha256: 'what was approved' })
    await expect(approved).rejects.toMatchObject({ code: 'ISTIOCTL_CHANGED', facts: { version: '1.31.0' } })
    expect(ran()).toBe(false)
    expect(await istioctl.run({ ...call, sha256: (await istioctl.check('1.31.0')).sha256 })).toMatchObject({
      exitCode: 3,
    })
  })

  test('binaries in the folder that nobody pinned are named, and nothing else that lies there', async () => {
    for (const name of ['istioctl-1.33.0', 'istioctl-1.32.0-rc.1', 'istioctl-1.31.0.json', 'istioctl', 'notes']) {
      writeFileSync(join(dir, name), '')
    }
    expect([...(await istioctl.unpinned())].toSorted()).toEqual(['1.32.0-rc.1', '1.33.0'])
    rmSync(dir, { recursive: true })
    expect(await istioctl.unpinned()).toEqual([])
  })

  test('the command line for people can be pasted', () => {
    expect(istioctl.shown('1.31.0', ['tag', 'set'])).toBe(
      `${dir}/istioctl-1.31.0 tag set --context 'prod a' --istioNamespace istio-system`,
    )
  })
})
