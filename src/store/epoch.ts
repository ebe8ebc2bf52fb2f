import type { Redis } from 'ioredis'

/**
 * A key that lives as long as Redis' memory does: it is never given an end. True when it was not there, which means that
 * everything else may be gone too; it is there again afterwards.
 */
export async function renewEpochKey(redis: Redis, key: string): Promise<boolean> {
  return (await redis.set(key, '1', 'NX')) === 'OK'
}
