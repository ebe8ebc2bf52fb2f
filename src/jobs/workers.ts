import { z } from 'zod'
import type { StepJob } from '../ports/work-queue.ts'
import { type Notice, notice } from '../wire/notice.ts'
import { type JobSource, type JobWorker, startJobWorker } from './job-worker.ts'

const stepJob = z.object({
  run: z.string(),
  step: z.string(),
  attempt: z.int(),
  direction: z.enum(['forward', 'undo']),
})

/** How often a request or notice may be begun again when the process that had it dies. */
const SURVIVES_DEATHS = 20

/**
 * Requests are worked on strictly one at a time per cluster, so that two clicks never decide side by side. The handler gets
 * what was in the queue as it is: it checks the signature before anything else.
 */
export function startRequestWorker(source: JobSource, handle: (raw: unknown) => Promise<void>): JobWorker {
  const kind = { kind: 'requests', schema: z.unknown(), maxStalledCount: SURVIVES_DEATHS, concurrency: 1 } as const
  return startJobWorker(source, kind, handle)
}

/** Steps are never begun again by BullMQ: after a death the run looks first, and queues a new attempt. */
export function startStepWorker(source: JobSource, handle: (job: StepJob) => Promise<void>): JobWorker {
  return startJobWorker(source, { kind: 'steps', schema: stepJob, maxStalledCount: 0, concurrency: 1 }, handle)
}

/** The bot's side. A handler that throws gets the notice again, later and later, up to once a minute. */
export function startNoticeWorker(source: JobSource, handle: (notice: Notice) => Promise<void>): JobWorker {
  const kind = { kind: 'notices', schema: notice, maxStalledCount: SURVIVES_DEATHS, concurrency: 4 } as const
  return startJobWorker<Notice>(source, kind, handle)
}
