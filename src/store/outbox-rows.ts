import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { OutboxRow, Shown, UnsurePost } from '../ports/read-model.ts'
import { botKey } from './keys.ts'
import { getNewest, putNewest } from './newest-wins.ts'

const KEPT = `${45 * 86_400_000}`
const BEHIND = botKey('behind')

/**
 * One home for "is it behind?": every script ends with it, so that a post that ends while a newer state arrives leaves the
 * message on the list, whichever came first. Scores are Redis' own clock, so that several bots agree on the order.
 */
const LIST_IF_BEHIND = `
local row = redis.call('HMGET', KEYS[1], 'wantedRevision', 'shownRevision', 'leftRevision')
redis.call('PEXPIRE', KEYS[1], KEPT)
local function below(revision) return not revision or tonumber(revision) < tonumber(row[1]) end
if row[1] and below(row[2]) and below(row[3]) then
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
if redis.call('HGET', KEYS[1], 'wanted') ~= ARGV[4] then redis.call('HDEL', KEYS[1], 'leftRevision') end
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
redis.call('HDEL', KEYS[1], 'unsure', 'failingSince', 'shownState', 'shownAt')
if ARGV[6] ~= '' then redis.call('HSET', KEYS[1], 'shownState', ARGV[6], 'shownAt', ARGV[7]) end
local known = redis.call('HGET', KEYS[1], 'shownRevision')
if not known or tonumber(known) < tonumber(ARGV[5]) then redis.call('HSET', KEYS[1], 'shownRevision', ARGV[5]) end
${LIST_IF_BEHIND}`

/** Only of a row that is there: a memory that was lost meanwhile gets no half of a row. */
const FIELD = `
if redis.call('EXISTS', KEYS[1]) == 0 then return false end
if ARGV[2] == '' then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call(ARGV[3], KEYS[1], ARGV[1], ARGV[2]) end
return redis.call('HGET', KEYS[1], ARGV[1])`

const LEAVE = `
local KEPT, MESSAGE = ARGV[1], ARGV[2]
redis.call('HSET', KEYS[1], 'leftRevision', ARGV[3])
${LIST_IF_BEHIND}`

const unsurePost = z.object({ channel: z.string(), revision: z.number(), at: z.number(), posts: z.number() })

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
    ...texts(row, ['channel', 'ts', 'shownState']),
    ...numbers(row, ['shownRevision', 'shownAt', 'failingSince', 'leftRevision']),
    ...(row['unsure'] === undefined ? {} : { unsure: unsurePost.parse(JSON.parse(row['unsure'])) }),
  }
}

export async function wantRow(redis: Redis, row: OutboxRow): Promise<boolean> {
  const own = [row.message, row.cluster, row.wanted, `${row.wantedRevision}`]
  const posted = [row.channel ?? '', row.ts ?? '', `${row.shownRevision ?? ''}`]
  return (await redis.eval(WANT, 2, rowKey(row.message), BEHIND, KEPT, ...own, ...posted)) === 1
}

export async function showRow(redis: Redis, message: string, at: Shown): Promise<void> {
  const drawn = at.state === undefined || at.now === undefined ? ['', ''] : [at.state, at.now]
  await redis.eval(SHOWN, 2, rowKey(message), BEHIND, KEPT, message, at.channel, at.ts, at.revision, ...drawn)
}

export async function markUnsure(redis: Redis, message: string, post: UnsurePost | null): Promise<void> {
  await redis.eval(FIELD, 1, rowKey(message), 'unsure', post ? JSON.stringify(post) : '', 'HSET')
}

export async function markFailing(redis: Redis, message: string, nowMs: number): Promise<number> {
  const since = await redis.eval(FIELD, 1, rowKey(message), 'failingSince', nowMs, 'HSETNX')
  return since === null ? nowMs : Number(since)
}

export async function leaveRow(redis: Redis, message: string, revision: number): Promise<void> {
  await redis.eval(LEAVE, 2, rowKey(message), BEHIND, KEPT, message, revision)
}

export async function newestOf(redis: Redis, series: string, order: number): Promise<number> {
  const key = botKey(`newest:${series}`)
  await putNewest(redis, key, order, `${order}`, Number(KEPT))
  return Number(await getNewest(redis, key))
}

export async function rowsBehind(redis: Redis): Promise<readonly string[]> {
  return redis.zrange(BEHIND, '0', '-1')
}

type Read = Readonly<Record<string, string>>

function texts<K extends string>(row: Read, keys: readonly K[]): Partial<Record<K, string>> {
  const found: Partial<Record<K, string>> = {}
  for (const key of keys) if (row[key] !== undefined) found[key] = row[key]
  return found
}

function numbers<K extends string>(row: Read, keys: readonly K[]): Partial<Record<K, number>> {
  const found: Partial<Record<K, number>> = {}
  for (const key of keys) if (row[key] !== undefined) found[key] = Number(row[key])
  return found
}

function rowKey(message: string): string {
  return botKey(`row:${message}`)
}
