import { Redis } from 'ioredis'
import { CodedError } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'

export type RedisLink = {
  readonly redis: Redis
  readonly close: () => Promise<void>
}

const FIRST_ANSWER_MS = 5000
const COMMAND_MS = 2000

/**
 * Connects to Redis and waits for its first answer. Later outages are logged once each; it reconnects for ever, and a
 * command sent in between fails within two seconds, so that a click gets an answer instead of a place in a line.
 * Throws REDIS_UNREACHABLE {host, reason}; the facts never hold credentials.
 */
export async function openRedis(url: string, log: Log): Promise<RedisLink> {
  const host = hostOf(url)
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: FIRST_ANSWER_MS,
    commandTimeout: COMMAND_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(1000, 50 * times),
  })
  logOutages(redis, host, log)
  try {
    await redis.connect()
    await redis.ping()
  } catch (error) {
    redis.disconnect()
    throw new CodedError('REDIS_UNREACHABLE', { host, reason: reasonOf(error) }, { cause: error })
  }
  return { redis, close: () => closed(redis) }
}

/** `host:port` of a Redis URL, without user and password; the sentence names it. Never throws. */
export function hostOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (!parsed?.hostname) return 'REDIS_URL'
  return `${parsed.hostname}:${parsed.port || '6379'}`
}

function logOutages(redis: Redis, host: string, log: Log): void {
  let away = false
  redis.on('error', (error: Error) => {
    if (!away) log.warn('Redis is away; trying again until it is back', { host, reason: reasonOf(error) })
    away = true
  })
  redis.on('ready', () => {
    if (away) log.info('Redis is back', { host })
    away = false
  })
}

async function closed(redis: Redis): Promise<void> {
  await redis.quit().catch(() => undefined)
  redis.disconnect()
}

/** ioredis puts the failed command, with its arguments, on some errors; only the message is kept. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return text.slice(0, 200).replace(/\.$/, '')
}
