import { setTimeout as wait } from 'node:timers/promises'
import { messageOf } from '../kernel/errors.ts'

/** What one try came to: taken, never to be taken this way, or to be tried again, not before `afterMs` where Slack said so. */
export type Try =
  | { readonly kind: 'taken' }
  | { readonly kind: 'never'; readonly what: string }
  | { readonly kind: 'later'; readonly what: string; readonly afterMs?: number }

/** Sends answers that Slack did not take at once. `keep` returns at once; a newer answer for the same key takes the place of an older one. */
export type LateAnswers = {
  readonly keep: (key: string, send: () => Promise<Try>, lost: (what: string) => void) => void
}

type LateTimes = {
  readonly firstMs: number
  readonly mostMs: number
  /** So long an answer is worth anything: a response_url is good for 30 minutes. */
  readonly untilMs: number
}

const TIMES: LateTimes = { firstMs: 2000, mostMs: 30_000, untilMs: 29 * 60_000 }
/** More answers than this are never waited with: the oldest gives way. */
const KEPT = 500

export function lateAnswers(now: () => number, random: () => number, times = TIMES): LateAnswers {
  const waiting = new Map<string, symbol>()
  return {
    keep: (key, send, lost) => {
      const mine = Symbol(key)
      waiting.delete(key)
      waiting.set(key, mine)
      dropOldest(waiting)
      const isMine = (): boolean => waiting.get(key) === mine
      void untilTaken({ send, isMine, now, random, times })
        .catch((error: unknown) => messageOf(error))
        .then((what) => {
          if (isMine()) waiting.delete(key)
          if (what !== null) lost(what)
        })
    },
  }
}

type Trying = {
  readonly send: () => Promise<Try>
  readonly isMine: () => boolean
  readonly now: () => number
  readonly random: () => number
  readonly times: LateTimes
}

/** Null once it was taken or another took its place; else what the last try came to. */
async function untilTaken({ send, isMine, now, random, times }: Trying): Promise<string | null> {
  const endMs = now() + times.untilMs
  let afterMs: number | undefined
  for (let attempt = 0; ; attempt += 1) {
    const pauseMs = Math.min(times.mostMs, times.firstMs * 2 ** attempt) * (0.5 + random() / 2)
    // An answer that waits keeps no process from ending.
    await wait(Math.max(pauseMs, afterMs ?? 0), undefined, { ref: false })
    if (!isMine()) return null
    const tried = await send()
    if (tried.kind === 'taken') return null
    if (tried.kind === 'never' || now() >= endMs) return tried.what
    afterMs = tried.afterMs
  }
}

function dropOldest(waiting: Map<string, symbol>): void {
  const [oldest] = waiting.keys()
  if (waiting.size > KEPT && oldest !== undefined) waiting.delete(oldest)
}
