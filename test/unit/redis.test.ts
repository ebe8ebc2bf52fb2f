import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from '@jest/globals'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { redisSays } from '../../src/sandbox/redis/redis-says.ts'

const started: TestRedis[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((redis) => redis.stop()))
})

async function fresh(options: { persist?: boolean } = {}): Promise<TestRedis> {
  const redis = await startRedis(options)
  started.push(redis)
  return redis
}

test('two servers know nothing of each other, nor of REDIS_URL', async () => {
  const [one, two] = await Promise.all([fresh(), fresh()])
  await redisSays(one.port, 'SET who one')
  expect(await redisSays(two.port, 'EXISTS who')).toBe(':0')
  expect(one.url).not.toBe(process.env.REDIS_URL)
})

test('a restart keeps the port, and the data only when asked to', async () => {
  const [forgets, keeps] = await Promise.all([fresh(), fresh({ persist: true })])
  for (const redis of [forgets, keeps]) {
    await redisSays(redis.port, 'SET who me')
    await redis.restart()
  }
  expect(await redisSays(forgets.port, 'EXISTS who')).toBe(':0')
  expect(await redisSays(keeps.port, 'EXISTS who')).toBe(':1')
})

test('flush leaves nothing, stop leaves nobody', async () => {
  const redis = await startRedis()
  await redisSays(redis.port, 'SET who me')
  await redis.flush()
  expect(await redisSays(redis.port, 'DBSIZE')).toBe(':0')
  await redis.stop()
  await expect(redisSays(redis.port, 'PING')).rejects.toThrow()
})

test('a server dies with the process that started it, also when that is killed', async () => {
  if (process.platform !== 'linux') return console.log('Only Linux ends an orphan by itself; not tried here.')
  const support = new URL('../support/redis.ts', import.meta.url).href
  const script = `const { startRedis } = await import('${support}'); console.log((await startRedis()).port)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const port = Number(line.toString())
  expect(await redisSays(port, 'PING')).toBe('+PONG')
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  await expect(goneWithin(port, 3_000)).resolves.toBe(true)
})

async function goneWithin(port: number, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms
  while (Date.now() < deadline) {
    const answer = await redisSays(port, 'PING').catch(() => null)
    if (answer === null) return true
    await sleep(20)
  }
  return false
}
