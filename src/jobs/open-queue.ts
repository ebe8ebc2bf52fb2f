import { type JobsOptions, Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import { CodedError } from '../kernel/errors.ts'
import { jobIdOf, prefixOf, type QueueKind, queueName } from './connection.ts'
import { within } from './within.ts'

export type OpenQueue = {
  /** Adds unless a job with this id waits or runs. Throws QUEUE_UNREACHABLE {queue} within 2.5 s. */
  readonly add: (id: string, data: unknown, options?: JobsOptions) => Promise<void>
  readonly close: () => Promise<void>
}

const ANSWER_MS = 2500
const CLOSE_MS = 1000

/** Jobs leave nothing behind: BullMQ ignores in silence an id that it still remembers, and the run repeats ids. */
const LEAVE_NOTHING: JobsOptions = { removeOnComplete: true, removeOnFail: true }

export function openQueue(connection: Redis, kind: QueueKind, cluster: string): OpenQueue {
  const name = queueName(kind, cluster)
  const queue = new Queue(name, { connection, prefix: prefixOf(cluster) })
  // The connection says once what each of its queues would say again.
  queue.on('error', () => undefined)
  return {
    add: async (id, data, options) => {
      const adding = queue.add(kind, data, { ...LEAVE_NOTHING, ...options, jobId: jobIdOf(id) })
      const added = await within(ANSWER_MS, adding).catch((error: unknown) => {
        throw new CodedError('QUEUE_UNREACHABLE', { queue: name }, { cause: error })
      })
      if (!added) throw new CodedError('QUEUE_UNREACHABLE', { queue: name })
    },
    close: async () => {
      await within(CLOSE_MS, queue.close()).catch(() => null)
    },
  }
}
