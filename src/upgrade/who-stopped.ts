import type { Refusal } from '../kernel/errors.ts'
import type { Run } from '../wire/run.ts'

/** Who stopped the run: a Slack user's id, or a name as the API server knows it; undefined while nobody did. */
export function stopperOf({ stopped }: Run): string | undefined {
  return stopped?.who?.user ?? stopped?.byHand
}

/** RUN_STOPPED {who, at}: nothing new starts. */
export function whyStopped(run: Run): Refusal | null {
  return run.stopped ? { code: 'RUN_STOPPED', facts: { who: stopperOf(run), at: run.stopped.at } } : null
}

/** STOPPED_ALREADY {who, at}: somebody was quicker. */
export function stoppedAlready(run: Run): Refusal | null {
  return run.stopped ? { code: 'STOPPED_ALREADY', facts: { who: stopperOf(run), at: run.stopped.at } } : null
}
