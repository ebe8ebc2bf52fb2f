import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { openRequestQueue } from '../../../src/jobs/request-queue.ts'
import { openWorkQueue } from '../../../src/jobs/work-queue.ts'
import { startNoticeWorker, startRequestWorker, startStepWorker } from '../../../src/jobs/workers.ts'
import { openQueueConnection } from '../../../src/jobs/connection.ts'
import { openQueue } from '../../../src/jobs/open-queue.ts'
import { CodedError } from '../../../src/kernel/errors.ts'
import { newLog } from '../../../src/kernel/log.ts'
import { sleep } from '../../../src/kernel/retry.ts'
import type { StepJob } from '../../../src/ports/work-queue.ts'
import type { VerdictNotice } from '../../../src/wire/notice.ts'
import { freePort } from '../../../src/sandbox/redis/free-port.ts'
import { startRedis, type TestRedis } from '../../support/redis.ts'

let server: TestRedis
const lines: string[] = []
const log = newLog('info', 'test', (line) => lines.push(line))
const opened: { close: (deadlineMs: number) => Promise<void> }[] = []

beforeAll(async () => {
  server = await startRedis()
}, 30_000)
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close(500)))
  await server.flush()
})
afterAll(() => server.stop())

function open<T extends { close: (deadlineMs: number) => Promise<void> }>(one: T): T {
  opened.push(one)
  return one
}

const source = (cluster: string) => ({ url: server.url, cluster, log })
const step: StepJob = { run: 'run-1', step: 'install.install', attempt: 1, direction: 'forward' }
const request = (body: string) => ({ body, key: '01234567', signature: 's' })
const verdict: VerdictNotice = {
  v: 1,
  kind: 'verdict',
  id: 'run-1:verdict:1',
  cluster: 'a',
  at: '2026-11-23T10:00:00.000Z',
  request: 'rq-01jd0000000000000000000000',
  ok: true,
  said: { code: 'STOPPED', facts: {} },
  more: [],
}

async function until(what: () => boolean, ms = 5000): Promise<void> {
  const end = Date.now() + ms
  while (!what() && Date.now() < end) await sleep(5)
  expect(what()).toBe(true)
}

describe('a Lease that goes while a request is decided', () => {
  test('gives the request to whoever leads next, once', async () => {
    const queue = open(openRequestQueue(server.url, ['a'], log))
    const decided: unknown[] = []
    let asked = 0
    const first = open(
      startRequestWorker(source('a'), async () => {
        asked += 1
        void first.pause()
        throw new CodedError('LEASE_LOST')
      }),
    )
    first.resume()
    await queue.send('a', request('approve'))
    await until(() => asked === 1)
    const next = open(startRequestWorker(source('a'), async (raw) => void decided.push(raw)))
    next.resume()
    await until(() => decided.length === 1)
    await sleep(200)
    expect(decided).toEqual([request('approve')])
    expect(asked).toBe(1)
  })
})

describe('steps', () => {
  test('run once per id while it waits, and again under the same id once ended', async () => {
    const queue = open(openWorkQueue(server.url, 'a', log))
    const done: StepJob[] = []
    const worker = open(startStepWorker(source('a'), async (job) => void done.push(job)))
    await queue.addStep('run-1.install.1', step)
    await queue.addStep('run-1.install.1', step)
    worker.resume()
    await until(() => done.length === 1)
    await sleep(50)
    await queue.addStep('run-1.install.1', step)
    await until(() => done.length === 2)
    expect(done).toEqual([step, step])
  })

  test('one that throws is logged, never tried again by the queue, and its id is free', async () => {
    const queue = open(openWorkQueue(server.url, 'b', log))
    let begun = 0
    const worker = open(
      startStepWorker(source('b'), async () => {
        begun += 1
        throw new Error('broke')
      }),
    )
    worker.resume()
    await queue.addStep('s', step)
    await until(() => lines.some((line) => line.includes('a job failed') && line.includes('broke')))
    await sleep(100)
    expect(begun).toBe(1)
    await queue.addStep('s', step)
    await until(() => begun === 2)
  })

  test('that are malformed are dropped with their code and without their content', async () => {
    const redis = openQueueConnection(server.url, log)
    const queue = openQueue(redis, 'steps', 'c')
    open({ close: () => queue.close().then(() => redis.disconnect()) })
    let begun = 0
    open(startStepWorker(source('c'), async () => void (begun += 1))).resume()
    await queue.add('bad', { run: 'r', secret: 'hunter2' })
    await queue.add('good', step)
    await until(() => begun === 1)
    const said = lines.filter((line) => line.includes('JOB_MALFORMED'))
    expect(said).toHaveLength(1)
    expect(said[0]).toContain('attempt')
    expect(said[0]).not.toContain('hunter2')
  })
})

describe('requests', () => {
  test('are decided strictly one after the other, in order, and the same click is one job', async () => {
    const queue = open(openRequestQueue(server.url, ['d'], log))
    const seen: unknown[] = []
    let inside = 0
    let most = 0
    const worker = startRequestWorker(source('d'), async (raw) => {
      inside += 1
      most = Math.max(most, inside)
      await sleep(10)
      seen.push(raw)
      inside -= 1
    })
    open(worker)
    for (const body of ['1', '2', '2', '3']) await queue.send('d', request(body))
    worker.resume()
    await until(() => seen.length === 3)
    expect(seen).toEqual(['1', '2', '3'].map(request))
    expect(most).toBe(1)
  })

  test('wait while the worker does not lead, and start within milliseconds while it does', async () => {
    const queue = open(openRequestQueue(server.url, ['e'], log))
    const seen: number[] = []
    const worker = open(startRequestWorker(source('e'), async () => void seen.push(performance.now())))
    await worker.pause()
    worker.resume()
    await queue.send('e', request('warm'))
    await until(() => seen.length === 1)
    const waits: number[] = []
    for (let i = 0; i < 20; i += 1) {
      const sent = performance.now()
      await queue.send('e', request(`n${i}`))
      await until(() => seen.length === i + 2)
      waits.push(seen[i + 1]! - sent)
    }
    // The aim is 2 ms; a shared machine gets room, a poll of any kind would not fit.
    expect(waits.sort((a, b) => a - b)[10]).toBeLessThan(25)
    for (let i = 0; i < 3; i += 1) {
      await worker.pause()
      worker.resume()
    }
    await worker.pause()
    await queue.send('e', request('late'))
    await sleep(300)
    expect(seen).toHaveLength(21)
    worker.resume()
    await until(() => seen.length === 22)
  })
})

describe('notices', () => {
  test('are given again until the handler takes them', async () => {
    const queue = open(openWorkQueue(server.url, 'f', log))
    const seen: string[] = []
    const worker = startNoticeWorker(source('f'), async (notice) => {
      seen.push(notice.id)
      if (seen.length < 3) throw new Error('Slack is away')
    })
    open(worker).resume()
    await queue.addNotice(verdict)
    await until(() => seen.length === 3, 8000)
    expect(new Set(seen)).toEqual(new Set([verdict.id]))
  }, 15_000)
})

describe('Redis away', () => {
  test('a request is refused in time, by its code', async () => {
    const url = `redis://127.0.0.1:${await freePort()}`
    const queue = open(openRequestQueue(url, ['g'], log))
    const began = Date.now()
    await expect(queue.send('g', request('x'))).rejects.toMatchObject({ code: 'QUEUE_UNREACHABLE' })
    expect(Date.now() - began).toBeLessThan(3500)
  }, 10_000)

  test('a worker finds its queue again after a restart, without a restart of its own', async () => {
    const own = await startRedis()
    const queue = open(openRequestQueue(own.url, ['h'], log))
    const seen: unknown[] = []
    const worker = open(startRequestWorker({ ...source('h'), url: own.url }, async (raw) => void seen.push(raw)))
    worker.resume()
    await queue.send('h', request('before'))
    await until(() => seen.length === 1)
    await own.restart()
    const sent = async (): Promise<boolean> =>
      queue.send('h', request('after')).then(
        () => true,
        () => false,
      )
    for (let i = 0; i < 40 && !(await sent()); i += 1) await sleep(100)
    await until(() => seen.length === 2, 10_000)
    expect(seen).toEqual([request('before'), request('after')])
    await worker.close(500)
    await queue.close()
    await own.stop()
  }, 40_000)
})

test('closing waits for the running job, but not for ever', async () => {
  const queue = open(openWorkQueue(server.url, 'i', log))
  const gate = Promise.withResolvers<void>()
  let begun = 0
  const worker = startStepWorker(source('i'), async () => {
    begun += 1
    await gate.promise
  })
  worker.resume()
  await queue.addStep('s', step)
  await until(() => begun === 1)
  const began = Date.now()
  await worker.close(300)
  expect(Date.now() - began).toBeGreaterThanOrEqual(290)
  expect(Date.now() - began).toBeLessThan(2500)
  gate.resolve()
})
