import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { BotMemory, Reply } from '../ports/read-model.ts'
import { newClaims } from './claims.ts'
import { renewEpochKey } from './epoch.ts'
import { botKey } from './keys.ts'
import { leaveRow, markFailing, markUnsure, newestOf, readRow, rowsBehind, showRow, wantRow } from './outbox-rows.ts'

/** Slack takes a response_url for 30 minutes (Slack: "Handling user interaction in your Slack apps"). */
const REPLY_MS = 30 * 60_000
const SEEN_MS = 10 * 60_000

const replySchema = z.object({
  url: z.string(),
  user: z.string(),
  locale: z.string(),
  sentAt: z.number(),
  what: z.string(),
})

/** The bot's memory in Redis, shared by all copies of the bot. Errors are ioredis' own. */
export function newBotMemory(redis: Redis): BotMemory {
  return {
    row: (message) => readRow(redis, message),
    want: (row) => wantRow(redis, row),
    shown: (message, at) => showRow(redis, message, at),
    unsure: (message, post) => markUnsure(redis, message, post),
    failing: (message, nowMs) => markFailing(redis, message, nowMs),
    leave: (message, revision) => leaveRow(redis, message, revision),
    newest: (series, order) => newestOf(redis, series, order),
    behind: () => rowsBehind(redis),
    ...newClaims(redis),
    keepReply: async (request, reply) => {
      await redis.set(botKey(`reply:${request}`), JSON.stringify(reply), 'PX', REPLY_MS)
    },
    reply: async (request) => replyOf(await redis.get(botKey(`reply:${request}`))),
    firstTime: async (key) => (await redis.set(botKey(`seen:${key}`), '1', 'PX', SEEN_MS, 'NX')) === 'OK',
    chosen: (user) => redis.hget(botKey('languages'), user),
    choose: async (user, language) => void (await redis.hset(botKey('languages'), user, language)),
    renewEpoch: (cluster) => renewEpochKey(redis, botKey(`epoch:${cluster}`)),
  }
}

function replyOf(text: string | null): Reply | null {
  return text === null ? null : replySchema.parse(JSON.parse(text))
}
