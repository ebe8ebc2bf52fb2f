import type { Notice } from '../wire/notice.ts'
import type { SignedRequest } from '../wire/request.ts'

/** A step as a job: the run record is the truth, the job only says that there is something to look at. */
export type StepJob = {
  readonly run: string
  readonly step: string
  readonly attempt: number
  readonly direction: 'forward' | 'undo'
}

/** The bot's side of one cluster's queues. */
export type RequestQueue = {
  readonly send: (cluster: string, request: SignedRequest) => Promise<void>
}

/** The worker's side. Ids are stable: adding one twice is one job. */
export type WorkQueue = {
  readonly addStep: (id: string, job: StepJob) => Promise<void>
  readonly addNotice: (notice: Notice) => Promise<void>
}
