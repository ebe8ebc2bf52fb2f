import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { SlackState } from '../ports/read-model.ts'
import { clusterKey } from './keys.ts'

/** A word older than this is of a bot that is gone: it says nothing about Slack. */
const KEPT_MS = 120_000

const word = z.object({ kind: z.enum(['ok', 'away', 'revoked']), since: z.number(), error: z.string().exactOptional() })

/** The bot's word on Slack for the workers of one cluster, which have no token to ask with. Errors are ioredis' own. */
export async function putSlackWord(redis: Redis, cluster: string, state: SlackState): Promise<void> {
  await redis.set(clusterKey(cluster, 'slack'), JSON.stringify(state), 'PX', KEPT_MS)
}

export async function getSlackWord(redis: Redis, cluster: string): Promise<SlackState | null> {
  const text = await redis.get(clusterKey(cluster, 'slack'))
  const read = text === null ? null : word.safeParse(JSON.parse(text))
  return read?.success ? read.data : null
}
