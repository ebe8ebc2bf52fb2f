import { sha256 } from '../kernel/hash.ts'
import type { Log } from '../kernel/log.ts'
import type { RequestQueue } from '../ports/work-queue.ts'
import { openQueueConnection } from './connection.ts'
import { openQueue, type OpenQueue } from './open-queue.ts'

export type OpenRequestQueue = RequestQueue & { readonly close: () => Promise<void> }

/**
 * The bot's way to the workers: one queue per cluster. Those named are opened now, so that the first click is as quick as
 * the second; any other at its first request. `send` throws QUEUE_UNREACHABLE.
 */
export function openRequestQueue(url: string, clusters: readonly string[], log: Log): OpenRequestQueue {
  const connection = openQueueConnection(url, log)
  const queues = new Map<string, OpenQueue>()
  const of = (cluster: string): OpenQueue => {
    const queue = queues.get(cluster) ?? openQueue(connection, 'requests', cluster)
    queues.set(cluster, queue)
    return queue
  }
  for (const cluster of clusters) of(cluster)
  return {
    send: (cluster, request) => of(cluster).add(sha256(request.body + request.signature), request),
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      connection.disconnect()
    },
  }
}
