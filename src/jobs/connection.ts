import type { RedisOptions } from 'bullmq'
import { Redis } from 'ioredis'
import type { Log } from '../kernel/log.ts'
import { newOutages } from './outages.ts'

const common = { connectTimeout: 5000, retryStrategy: (times: number) => Math.min(1000, 50 * times) }

/**
 * One connection for all queues that this process writes to. They answer at once or not at all: while Redis is away an
 * `add` fails instead of waiting in line, so that a click is answered and no old click acts an hour later.
 */
export function openQueueConnection(url: string, log: Log): Redis {
  const patience = { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 2000 }
  const redis = new Redis(url, { ...common, ...patience })
  const outages = newOutages(log, 'queues')
  redis.on('error', outages.failed)
  redis.on('ready', outages.works)
  return redis
}

/** Workers wait for ever: BullMQ asks for `maxRetriesPerRequest: null` on the connection that blocks. */
export function workerConnection(url: string): RedisOptions {
  return { url, ...common, maxRetriesPerRequest: null }
}

/** The part in braces is what Redis Cluster hashes; BullMQ's own default prefix fails there with CROSSSLOT. */
export function prefixOf(cluster: string): string {
  return `{mf-${cluster}}`
}

export type QueueKind = 'requests' | 'steps' | 'notices'

export function queueName(kind: QueueKind, cluster: string): string {
  return `${kind}-${cluster}`
}

/** A BullMQ job id: no `:`, and never a plain number, which BullMQ keeps for its own. */
export function jobIdOf(id: string): string {
  return `mf-${encodeURIComponent(id)}`
}
