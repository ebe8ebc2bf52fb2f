import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from '@jest/globals'
import { isoOf } from '../kernel/clock.ts'
import type { Holder } from '../wire/run.ts'
import { holderGone } from './holder.ts'
import { bootIdentity, startTicksOf } from './process-start.ts'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const noPods = { get: async () => null }

/** A holder that died, and a child of it that did not. */
async function anOrphan(deadlineMs: number) {
  const parent = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' })
  const startTicks = startTicksOf(parent.pid ?? 0) ?? 'gone'
  await once(parent, 'exit')
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
  const pid = child.pid ?? 0
  const ended = once(child, 'exit')
  const holder: Holder = {
    id: 'worker-a',
    bootId: bootIdentity(),
    pid: parent.pid ?? 0,
    startTicks,
    child: { pid, startTicks: startTicksOf(pid) ?? '' },
    deadline: isoOf(deadlineMs),
  }
  return { holder, child, ended }
}

test('a child that outlived its worker is waited for until its deadline', async () => {
  const { holder, child, ended } = await anOrphan(NOW + 1000)
  expect(await holderGone(holder, noPods, NOW)).toBe('alive')
  expect(child.kill('SIGTERM')).toBe(true)
  await ended
  expect(await holderGone(holder, noPods, NOW)).toBe('gone')
})

test('beyond its deadline nobody else will end it: it is ended, and only then its holder is gone', async () => {
  const { holder, ended } = await anOrphan(NOW - 60_000)
  expect(await holderGone(holder, noPods, NOW)).toBe('alive')
  expect(await ended).toEqual([null, 'SIGKILL'])
  expect(await holderGone(holder, noPods, NOW)).toBe('gone')
})

test('a holder of another host is gone when its deadline has passed and its child has had time to end', async () => {
  const { holder, child, ended } = await anOrphan(NOW)
  const elsewhere = { ...holder, bootId: 'another host' }
  expect(await holderGone(elsewhere, noPods, NOW + 10_000)).toBe('unknown')
  expect(await holderGone(elsewhere, noPods, NOW + 16_000)).toBe('gone')
  expect(child.kill('SIGTERM')).toBe(true)
  await ended
})
