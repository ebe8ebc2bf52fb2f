import type { Redis } from 'ioredis'

/** Kept in a hash so that age and text are compared and written in one step. */
const SCRIPT = `
local known = redis.call('HGET', KEYS[1], 'at')
if known and tonumber(known) > tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'at', ARGV[1], 'text', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`

/** Keeps `text` unless something newer is there (epoch ms); two workers that both believe they lead can't turn time back. */
export async function putNewest(
  redis: Redis,
  key: string,
  atMs: number,
  text: string,
  ttlMs: number,
): Promise<boolean> {
  return (await redis.eval(SCRIPT, 1, key, atMs, text, ttlMs)) === 1
}

export async function getNewest(redis: Redis, key: string): Promise<string | null> {
  return redis.hget(key, 'text')
}
