import type { Redis } from 'ioredis'
import type { OutboxRow } from '../ports/read-model.ts'
import { botKey } from './keys.ts'

const KEPT = `${45 * 86_400_000}`
const BEHIND = botKey('behind')

/**
 * One home for "is it behind?": both scripts end with it, so that a post that ends while a newer state arrives leaves the
 * message on the list, whichever came first. Scores are Redis' own clock, so that several bots agree on the order.
 */
const LIST_IF_BEHIND = `
local row = redis.call('HMGET', KEYS[1], 'wantedRevision', 'shownRevision')
redis.call('PEXPIRE', KEYS[1], KEPT)
if row[1] and (not row[2] or tonumber(row[2]) < tonumber(row[1])) then
  local now = redis.call('TIME')
  redis.call('ZADD', KEYS[2], 'NX', now[1] * 1000 + math.floor(now[2] / 1000), MESSAGE)
else
  redis.call('ZREM', KEYS[2], MESSAGE)
end
return 1`

/** What is posted already stays where it was posted; a row written again after a flush learns it from the worker. */
const WANT = `
local KEPT, MESSAGE = ARGV[1], ARGV[2]
local known = redis.call('HGET', KEYS[1], 'wantedRevision')
if known and tonumber(known) > tonumber(ARGV[5]) then return 0 end
redis.call('HSET', KEYS[1], 'cluster', ARGV[3], 'wanted', ARGV[4], 'wantedRevision', ARGV[5])
if redis.call('HEXISTS', KEYS[1], 'ts') == 0 then
  if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], 'channel', ARGV[6]) end
  if ARGV[7] ~= '' then redis.call('HSET', KEYS[1], 'ts', ARGV[7]) end
  if ARGV[8] ~= '' then redis.call('HSET', KEYS[1], 'shownRevision', ARGV[8]) end
end
${LIST_IF_BEHIND}`

const SHOWN = `
local KEPT, MESSAGE = ARGV[1], ARGV[2]
redis.call('HSET', KEYS[1], 'channel', ARGV[3], 'ts', ARGV[4])
local known = redis.call('HGET', KEYS[1], 'shownRevision')
if not known or tonumber(known) < tonumber(ARGV[5]) then redis.call('HSET', KEYS[1], 'shownRevision', ARGV[5]) end
${LIST_IF_BEHIND}`

export async function readRow(redis: Redis, message: string): Promise<OutboxRow | null> {
  const row = await redis.hgetall(rowKey(message))
  if (row['wanted'] === undefined || row['cluster'] === undefined) {
    await redis.zrem(BEHIND, message)
    return null
  }
  return {
    message,
    cluster: row['cluster'],
    wanted: row['wanted'],
    wantedRevision: Number(row['wantedRevision']),
    ...(row['channel'] === undefined ? {} : { channel: row['channel'] }),
    ...(row['ts'] === undefined ? {} : { ts: row['ts'] }),
    ...(row['shownRevision'] === undefined ? {} : { shownRevision: Number(row['shownRevision']) }),
  }
}

export async function wantRow(redis: Redis, row: OutboxRow): Promise<boolean> {
  const own = [row.message, row.cluster, row.wanted, `${row.wantedRevision}`]
  const posted = [row.channel ?? '', row.ts ?? '', `${row.shownRevision ?? ''}`]
  return (await redis.eval(WANT, 2, rowKey(row.message), BEHIND, KEPT, ...own, ...posted)) === 1
}

export async function showRow(
  redis: Redis,
  message: string,
  at: { readonly channel: string; readonly ts: string; readonly revision: number },
): Promise<void> {
  await redis.eval(SHOWN, 2, rowKey(message), BEHIND, KEPT, message, at.channel, at.ts, at.revision)
}

export async function rowsBehind(redis: Redis): Promise<readonly string[]> {
  return redis.zrange(BEHIND, '0', '-1')
}

function rowKey(message: string): string {
  return botKey(`row:${message}`)
}
