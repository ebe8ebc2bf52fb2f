import type { Redis } from 'ioredis'
import { randomUUID } from 'node:crypto'
import { botKey } from './keys.ts'

/** A claim that ran out may be somebody else's by now: only our own is freed. */
const FREE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`

export type Claims = {
  readonly claim: (message: string, holdMs: number) => Promise<boolean>
  readonly free: (message: string) => Promise<void>
}

/** One holder at a time per message, over all bots; a holder that died loses it after `holdMs`. */
export function newClaims(redis: Redis): Claims {
  const tokens = new Map<string, string>()
  return {
    claim: async (message, holdMs) => {
      const token = randomUUID()
      const got = (await redis.set(claimKey(message), token, 'PX', holdMs, 'NX')) === 'OK'
      if (got) tokens.set(message, token)
      return got
    },
    free: async (message) => {
      const token = tokens.get(message)
      if (token === undefined) return
      tokens.delete(message)
      await redis.eval(FREE, 1, claimKey(message), token)
    },
  }
}

function claimKey(message: string): string {
  return botKey(`claim:${message}`)
}
