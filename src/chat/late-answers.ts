import { setTimeout as wait } from 'node:timers/promises'
import { messageOf } from '../kernel/errors.ts'
import { delayMs } from '../kernel/retry.ts'

/** What one try came to: taken, never to be taken this way, or to be tried again, not before `afterMs` where Slack said so. */
export type Try =
  | { readonly kind: 'taken' }
  | { readonly kind: 'never'; readonly what: string }
  | { readonly kind: 'later'; readonly what: string; readonly afterMs?: number }

/**
 * Sends answers that Slack did not take at once. `keep` returns at once; a newer answer for the same key takes the place of an older
 * one, and `lost` is called for one that never goes.
 */
export type LateAnswers = {
  readonly keep: (key: string, send: () => Promise<Try>, lost: (what: string) => void) => void
}

type LateTimes = {
  readonly firstMs: number
  readonly maxMs: number
  /** So long an answer is worth anything: a response_url is good for 30 minutes. */
  readonly untilMs: number
}

const TIMES: LateTimes = { firstMs: 2000, maxMs: 30_000, untilMs: 29 * 60_000 }
/** More answers than this are never waited with: the oldest gives way. */
const KEPT = 500

export function lateAnswers(now: () => number, times = TIMES, kept = KEPT): LateAnswers {
  const waiting = new Map<string, Waiting>()
  return {
    keep: (key, send, lost) => {
      const mine: Waiting = { send, lost }
      waiting.delete(key)
      waiting.set(key, mine)
      dropOldest(waiting, kept)
      void untilTaken(mine, () => waiting.get(key) === mine, now, times)
        .catch((error: unknown) => messageOf(error))
        .then((what) => {
          if (waiting.get(key) !== mine) return
          waiting.delete(key)
          if (what !== null) lost(what)
        })
    },
  }
}

type Waiting = { readonly send: () => Promise<Try>; readonly lost: (what: string) => void }

/** Null once it was taken or gave way; else what the last try came to. */
async function untilTaken(
  { send }: Waiting,
  isWanted: () => boolean,
  now: () => number,
  times: LateTimes,
): Promise<string | null> {
  const endMs = now() + times.untilMs
  let afterMs = 0
  for (let attempt = 1; ; attempt += 1) {
    // An answer that waits keeps no process from ending.
    await wait(Math.max(delayMs(times, attempt), afterMs), undefined, { ref: false })
    if (!isWanted()) return null
    const tried = await send()
    if (tried.kind === 'taken') return null
    if (tried.kind === 'never' || now() >= endMs) return tried.what
    afterMs = tried.afterMs ?? 0
  }
}

function dropOldest(waiting: Map<string, Waiting>, kept: number): void {
  const [oldest] = waiting
  if (waiting.size <= kept || !oldest) return
  waiting.delete(oldest[0])
  oldest[1].lost('too many answers wait')
}
