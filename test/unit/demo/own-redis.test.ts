import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { findRedis } from '../../../scripts/lib/redis.mjs'
import { findRedisServer, startOwnRedis } from '../../../src/sandbox/redis/own-redis.ts'
import { redisSays } from '../../../src/sandbox/redis/redis-says.ts'

test('starts on a free port, forgets on a flush, and is gone after stop', async () => {
  const server = await findRedis()
  if (server?.kind !== 'binary') throw new Error('these tests need a redis-server of the machine')
  for (const [name, value] of Object.entries(server.env)) process.env[name] = value
  const folder = mkdtempSync(join(tmpdir(), 'meshferry-redis-'))
  const redis = await startOwnRedis(server.command, folder)
  if (!redis) throw new Error('it did not start')
  expect(await redisSays(redis.port, 'SET a 1')).toBe('+OK')
  expect(await redisSays(redis.port, 'EXISTS a')).toBe(':1')
  await redis.flush()
  expect(await redisSays(redis.port, 'EXISTS a')).toBe(':0')
  await redis.stop()
  await expect(redisSays(redis.port, 'PING')).rejects.toThrow()
  rmSync(folder, { recursive: true })
})

test('a server is found on PATH, and none where none is', async () => {
  const server = await findRedis()
  if (server?.kind !== 'binary') throw new Error('this test needs a redis-server of the machine')
  expect(findRedisServer(dirname(server.command))).toBe(server.command)
  expect(findRedisServer('/nowhere')).toBeUndefined()
})
