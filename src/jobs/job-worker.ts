import { type Job, WaitingError, Worker, type WorkerOptions } from 'bullmq'
import type { z } from 'zod'
import { messageOf, refusalOf } from '../kernel/errors.ts'
import type { Log } from '../kernel/log.ts'
import { sleep } from '../kernel/retry.ts'
import { prefixOf, type QueueKind, queueName, workerConnection } from './connection.ts'
import { newOutages } from './outages.ts'
import { within } from './within.ts'

/** A consumer of one queue. It starts paused: only the holder of the Lease takes jobs. */
export type JobWorker = {
  readonly resume: () => void
  /** Takes nothing more, at once; a job that runs goes on. */
  readonly pause: () => Promise<void>
  /** Waits for the running job, but no longer than the deadline: BullMQ's own close waits for ever. */
  readonly close: (deadlineMs: number) => Promise<void>
}

export type JobSource = { readonly url: string; readonly cluster: string; readonly log: Log }

export type JobKind<T> = {
  readonly kind: QueueKind
  readonly schema: z.ZodType<T>
  /** How often a job may be begun again after its process died in the middle of it. */
  readonly maxStalledCount: number
  readonly concurrency: number
}

/** What the worker is about just now: whether it may take jobs, and those that it has. */
type State = { taking: boolean; readonly running: Set<Promise<void>> }

/** A job of a killed process is taken up again after 9 to 14 s (measured), instead of BullMQ's 59. */
const LOCKS = { lockDuration: 10_000, stalledInterval: 5000 }
const DISCONNECT_MS = 1000

export function startJobWorker<T>(
  source: JobSource,
  { kind, schema, maxStalledCount, concurrency }: JobKind<T>,
  handle: (data: T) => Promise<void>,
): JobWorker {
  const { url, cluster, log } = source
  const name = queueName(kind, cluster)
  const options: WorkerOptions = {
    ...LOCKS,
    connection: workerConnection(url),
    prefix: prefixOf(cluster),
    autorun: false,
    concurrency,
    maxStalledCount,
    settings: { backoffStrategy: noticeDelay },
  }
  const state: State = { taking: false, running: new Set() }
  const work = async (job: Job, token?: string): Promise<void> => {
    if (!state.taking) return giveBack(job, token)
    const parsed = schema.safeParse(job.data)
    if (parsed.success)
      return tracked(
        state,
        unlessLost(handle(parsed.data), () => giveBack(job, token)),
      )
    const where = placesOf(parsed.error)
    log.error('a job that is none was dropped', { code: 'JOB_MALFORMED', queue: name, job: job.id ?? '', where })
  }
  const worker = new Worker(name, work, options)
  report(worker, name, log)
  return consumer(worker, name, log, state)
}

/**
 * BullMQ's pause lets the fetch that is under way bring one more job: it goes back to the head of its queue, where the
 * worker that leads now finds it.
 */
async function giveBack(job: Job, token?: string): Promise<never> {
  await job.moveToWait(token)
  throw new WaitingError()
}

/** The Lease went while the job was looked at: whoever leads next decides it, so that no click is lost with the Lease. */
async function unlessLost(work: Promise<void>, back: () => Promise<never>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (refusalOf(error).code !== 'LEASE_LOST') throw error
    await sleep(LOST_PAUSE_MS)
    await back()
  }
}

/** A worker that has lost the Lease pauses a moment later; until then it would take the same job again and again. */
const LOST_PAUSE_MS = 100

/** 0.5 s, 1 s, 2 s … at most a minute. */
function noticeDelay(attemptsMade: number): number {
  return Math.min(60_000, 500 * 2 ** Math.min(attemptsMade - 1, 10))
}

function report(worker: Worker, queue: string, log: Log): void {
  const outages = newOutages(log, queue)
  worker.on('error', outages.failed)
  worker.on('ready', outages.works)
  worker.on('active', outages.works)
  worker.on('failed', (job, error) => {
    log.error('a job failed', { queue, job: job?.id ?? '', attempt: job?.attemptsMade ?? 0, ...said(error) })
  })
  worker.on('stalled', (job) => log.warn('a job of a process that is gone is taken up again', { queue, job }))
}

function consumer(worker: Worker, queue: string, log: Log, state: State): JobWorker {
  let begun = false
  const pause = (): Promise<void> => {
    state.taking = false
    // A worker that never ran would stay paused: BullMQ's run doesn't look at it again.
    return begun ? worker.pause(true) : Promise.resolve()
  }
  return {
    resume: () => {
      state.taking = true
      if (begun) return void worker.resume()
      begun = true
      worker.run().catch((error: unknown) => log.error('a queue can no longer be read', { queue, ...said(error) }))
    },
    pause,
    close: async (deadlineMs) => {
      await pause()
      const ended = await within(deadlineMs, Promise.allSettled(state.running))
      if (!ended) log.warn('stopped while a job was running', { queue, waitedMs: deadlineMs })
      await within(DISCONNECT_MS, worker.close(!ended)).catch(() => null)
      await within(DISCONNECT_MS, worker.disconnect()).catch(() => null)
    },
  }
}

async function tracked(state: State, job: Promise<void>): Promise<void> {
  state.running.add(job)
  try {
    await job
  } finally {
    state.running.delete(job)
  }
}

function said(error: unknown): { readonly code: string; readonly message: string } {
  return { code: refusalOf(error).code, message: messageOf(error) }
}

/** Where the data is wrong; never the data, which may hold anything. */
function placesOf(error: z.ZodError): readonly string[] {
  return error.issues.slice(0, 5).map(({ path }) => path.map(String).join('.') || '(whole)')
}
