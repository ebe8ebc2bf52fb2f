import type { Log } from '../kernel/log.ts'
import type { WorkQueue } from '../ports/work-queue.ts'
import { openQueueConnection } from './connection.ts'
import { openQueue } from './open-queue.ts'

export type OpenWorkQueue = WorkQueue & { readonly close: () => Promise<void> }

/** Notices are tried for days: Slack or the bot may be away for long, and the newest state of a message wins anyway. */
const NOTICE_TRIES = 5000

/** The worker's own queues. A step runs at most once per id: the run retries, never BullMQ. Throws QUEUE_UNREACHABLE. */
export function openWorkQueue(url: string, cluster: string, log: Log): OpenWorkQueue {
  const connection = openQueueConnection(url, log)
  const steps = openQueue(connection, 'steps', cluster)
  const notices = openQueue(connection, 'notices', cluster)
  return {
    addStep: (id, job) => steps.add(id, job, { attempts: 1 }),
    addNotice: (notice) => notices.add(notice.id, notice, { attempts: NOTICE_TRIES, backoff: { type: 'custom' } }),
    close: async () => {
      await Promise.all([steps.close(), notices.close()])
      connection.disconnect()
    },
  }
}
