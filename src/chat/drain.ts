import type { Log } from '../kernel/log.ts'
import { withinTime } from './within-time.ts'
import { messageOf } from '../kernel/errors.ts'

const WAIT_MS = 10_000

/** Handlers that are at work, so that a stopping bot can let them end: Bolt's own stop doesn't wait for them. */
export type Drain = {
  /** Runs the handler; what it throws goes to `onError`, never further. */
  readonly run: (act: () => Promise<void>, onError: (error: unknown) => Promise<void>) => Promise<void>
  readonly ended: () => Promise<void>
}

export function drain(log: Log): Drain {
  const running = new Set<Promise<void>>()
  const guarded = async (act: () => Promise<void>, onError: (error: unknown) => Promise<void>): Promise<void> => {
    try {
      await act()
    } catch (error) {
      log.error('a click or command failed', { message: messageOf(error) })
      await onError(error).catch(() => undefined)
    }
  }
  return {
    run: (act, onError) => {
      const job = guarded(act, onError)
      running.add(job)
      return job.finally(() => running.delete(job))
    },
    ended: async () => {
      await withinTime(Promise.all(running), WAIT_MS).catch(() => log.warn('handlers were still at work at the end'))
    },
  }
}
