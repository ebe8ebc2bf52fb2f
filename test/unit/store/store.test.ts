import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { newLog } from '../../../src/kernel/log.ts'
import { newBotMemory } from '../../../src/store/bot-memory.ts'
import { hostOf, openRedis, type RedisLink } from '../../../src/store/open-redis.ts'
import { newReadModelReader, newReadModelWriter } from '../../../src/store/read-model.ts'
import type { ClusterStatus, WorkerPulse } from '../../../src/wire/read-model.ts'
import { freePort } from '../../../src/sandbox/redis/free-port.ts'
import { startRedis, type TestRedis } from '../../support/redis.ts'

let server: TestRedis
let link: RedisLink
const lines: string[] = []
const log = newLog('info', 'test', (line) => lines.push(line))

beforeAll(async () => {
  server = await startRedis()
  link = await openRedis(server.url, log)
}, 30_000)
afterAll(async () => {
  await link.close()
  await server.stop()
})
beforeEach(() => server.flush())

function status(at: string, ready = 2): ClusterStatus {
  const controlPlanes = [{ revision: 'default', version: '1.30.0', ready, wanted: 2 }]
  return { v: 1, cluster: 'prod-a', at, controlPlanes, classes: [], countedAt: at, census: null, run: null }
}

function pulse(worker: string, leads: boolean, at: string): WorkerPulse {
  return { v: 1, cluster: 'prod-a', worker, leads, at }
}

describe('the read model', () => {
  test('keeps the newest status, whichever worker is late', async () => {
    const writer = newReadModelWriter(link.redis, 'prod-a')
    await writer.putStatus(status('2026-11-23T10:00:05.000Z', 1))
    await writer.putStatus(status('2026-11-23T10:00:00.000Z'))
    const reader = newReadModelReader(link.redis)
    expect(await reader.status('prod-a')).toEqual(status('2026-11-23T10:00:05.000Z', 1))
    expect(await reader.status('prod-b')).toBeNull()
  })

  test('lets the leader speak, until it has been silent for longer than another', async () => {
    const writer = newReadModelWriter(link.redis, 'prod-a')
    const reader = newReadModelReader(link.redis)
    expect(await reader.pulse('prod-a')).toBeNull()
    await writer.putPulse(pulse('w1', true, '2026-11-23T10:00:00.000Z'))
    await writer.putPulse(pulse('w2', false, '2026-11-23T10:00:20.000Z'))
    expect((await reader.pulse('prod-a'))?.worker).toBe('w1')
    await writer.putPulse(pulse('w2', false, '2026-11-23T10:00:40.000Z'))
    expect((await reader.pulse('prod-a'))?.worker).toBe('w2')
  })

  test('is null where a newer version wrote what this one cannot read', async () => {
    await link.redis.hset('{mf-prod-a}:status', { at: 1, text: '{"v":2}' })
    expect(await newReadModelReader(link.redis).status('prod-a')).toBeNull()
  })

  test('tells once that the memory was lost', async () => {
    const writer = newReadModelWriter(link.redis, 'prod-a')
    const renewed = [await writer.renewEpoch(), await writer.renewEpoch()]
    await server.flush()
    expect([...renewed, await writer.renewEpoch(), await writer.renewEpoch()]).toEqual([true, false, true, false])
  })
})

describe("the bot's memory", () => {
  const row = { message: 'run-1.approval', cluster: 'prod-a', wanted: '{}', wantedRevision: 3, channel: 'C0PROD' }

  test('keeps the newer wanted state and lists the message until it is shown', async () => {
    const memory = newBotMemory(link.redis)
    expect(await memory.want(row)).toBe(true)
    expect(await memory.want({ ...row, wanted: 'old', wantedRevision: 2 })).toBe(false)
    expect(await memory.row(row.message)).toEqual(row)
    expect(await memory.behind()).toEqual([row.message])
    await memory.shown(row.message, { channel: 'C0PROD', ts: '1.1', revision: 3 })
    expect(await memory.behind()).toEqual([])
    expect(await memory.want({ ...row, wanted: 'again' })).toBe(true)
    expect(await memory.behind()).toEqual([])
    expect(await memory.want({ ...row, wantedRevision: 4 })).toBe(true)
    expect(await memory.behind()).toEqual([row.message])
    expect(await memory.row(row.message)).toMatchObject({ ts: '1.1', shownRevision: 3, wantedRevision: 4 })
  })

  test('a post that ends after a newer state came leaves the message on the list', async () => {
    const memory = newBotMemory(link.redis)
    await memory.want(row)
    await memory.want({ ...row, wantedRevision: 5 })
    await memory.shown(row.message, { channel: 'C0PROD', ts: '1.1', revision: 3 })
    await memory.shown(row.message, { channel: 'C0PROD', ts: '1.1', revision: 2 })
    expect(await memory.behind()).toEqual([row.message])
    expect((await memory.row(row.message))?.shownRevision).toBe(3)
  })

  test('learns after a flush where a message stands, and never moves one that is posted', async () => {
    const memory = newBotMemory(link.redis)
    await memory.want({ ...row, channel: 'C0PROD', ts: '1.1', shownRevision: 3 })
    expect(await memory.behind()).toEqual([])
    await memory.want({ ...row, wantedRevision: 4, channel: 'C0ELSE', ts: '9.9', shownRevision: 4 })
    expect(await memory.row(row.message)).toMatchObject({ channel: 'C0PROD', ts: '1.1', shownRevision: 3 })
  })

  test('keeps an unsure post until it is shown, or surely not there', async () => {
    const memory = newBotMemory(link.redis)
    const unsure = { channel: 'C0PROD', revision: 3, at: 5, posts: 1 }
    await memory.unsure(row.message, unsure)
    expect(await memory.row(row.message)).toBeNull()
    await memory.want(row)
    await memory.unsure(row.message, unsure)
    expect(await newBotMemory(link.redis).row(row.message)).toEqual({ ...row, unsure })
    await memory.unsure(row.message, null)
    expect(await memory.row(row.message)).toEqual(row)
    await memory.unsure(row.message, unsure)
    expect([await memory.failing(row.message, 7), await memory.failing(row.message, 9)]).toEqual([7, 7])
    const drawn = { channel: 'C0PROD', ts: '1.1', revision: 3 }
    await memory.shown(row.message, { ...drawn, state: 'run done', now: 11 })
    const shown = { ...row, ts: '1.1', shownRevision: 3 }
    expect(await memory.row(row.message)).toEqual({ ...shown, shownState: 'run done', shownAt: 11 })
    await memory.shown(row.message, drawn)
    expect(await memory.row(row.message)).toEqual(shown)
  })

  test('a revision that was left is behind no more, until something else is wanted', async () => {
    const memory = newBotMemory(link.redis)
    await memory.want(row)
    await memory.leave(row.message, 3)
    await memory.want(row)
    expect(await memory.behind()).toEqual([])
    await memory.want({ ...row, wanted: 'the same, told anew' })
    expect(await memory.behind()).toEqual([row.message])
    await memory.leave(row.message, 3)
    await memory.want({ ...row, wantedRevision: 4 })
    expect(await memory.behind()).toEqual([row.message])
  })

  test('knows the newest of a series, over all bots', async () => {
    const memory = newBotMemory(link.redis)
    expect([await memory.newest('d', 2), await memory.newest('d', 5), await memory.newest('e', 1)]).toEqual([2, 5, 1])
    expect(await newBotMemory(link.redis).newest('d', 3)).toBe(5)
  })

  test('lists the oldest first, and forgets what has no row', async () => {
    const memory = newBotMemory(link.redis)
    await link.redis.zadd('{mf-bot}:behind', 1, 'ghost')
    await memory.want({ ...row, message: 'a' })
    expect(await memory.behind()).toEqual(['ghost', 'a'])
    expect(await memory.row('ghost')).toBeNull()
    expect(await memory.behind()).toEqual(['a'])
  })

  test('one bot holds a message; a claim that ran out is not freed by its old holder', async () => {
    const [one, two] = [newBotMemory(link.redis), newBotMemory(link.redis)]
    expect([await one.claim('m', 60), await two.claim('m', 5000)]).toEqual([true, false])
    await new Promise((resolve) => setTimeout(resolve, 90))
    expect(await two.claim('m', 5000)).toBe(true)
    await one.free('m')
    expect(await one.claim('m', 5000)).toBe(false)
    await two.free('m')
    expect(await one.claim('m', 5000)).toBe(true)
  })

  test('replies are kept for half an hour, and keys are seen once', async () => {
    const memory = newBotMemory(link.redis)
    const reply = { url: 'https://x.example/1', user: 'U1', locale: 'en', sentAt: 1, what: 'approve' }
    await memory.keepReply('rq-1', reply)
    expect(await memory.reply('rq-1')).toEqual(reply)
    expect(await memory.reply('rq-2')).toBeNull()
    expect(await link.redis.pttl('{mf-bot}:reply:rq-1')).toBeGreaterThan(1_790_000)
    expect([await memory.firstTime('k'), await memory.firstTime('k')]).toEqual([true, false])
    expect([await memory.renewEpoch('a'), await memory.renewEpoch('a'), await memory.renewEpoch('b')]).toEqual([
      true,
      false,
      true,
    ])
  })
})

describe('an unreachable Redis', () => {
  test('is named without its password', async () => {
    const url = `redis://user:hunter2@127.0.0.1:${await freePort()}`
    const failed = await openRedis(url, log).catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 'REDIS_UNREACHABLE', facts: { host: hostOf(url) } })
    expect(String(failed) + lines.join('')).not.toContain('hunter2')
  })

  test('in the middle of the day: commands fail at once, and work again when it is back', async () => {
    const own = await startRedis()
    const away = await openRedis(own.url, log)
    await own.stop()
    const began = Date.now()
    await expect(away.redis.ping()).rejects.toThrow()
    expect(Date.now() - began).toBeLessThan(2500)
    away.redis.disconnect()
    expect(lines.filter((line) => line.includes('Redis is away')).length).toBeGreaterThan(0)

    await server.restart()
    let said = ''
    for (let i = 0; i < 100 && said !== 'PONG'; i += 1) {
      said = await link.redis.ping().catch(() => '')
      if (!said) await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(said).toBe('PONG')
  }, 20_000)
})
