import { epochOf, isoOf } from '../kernel/clock.ts'
import type { Coded } from '../wire/facts.ts'
import type { Restart } from '../wire/restarts.ts'
import { healthOf, type RolledObject } from './rollout.ts'
import { isDue } from './when.ts'
import { nextOf, stampIn } from './write.ts'

/** What is known at the time of a look. `left`: is it still one to be moved; null where nobody has counted just now. */
export type Around = {
  readonly object: RolledObject | null
  readonly left: boolean | null
  /** Why nothing may begin now: the upgrade is over or stopped, or an alarm is open. */
  readonly closed: Coded | null
}

/**
 * A picked time: begun when it has come, dropped when the workload moved by itself meanwhile or is another one, when nothing may begin, or
 * when nobody was there at its time. The same record where nothing is to be done.
 */
export function afterPlan(one: Restart, around: Around, nowMs: number): Restart {
  const due = one.due === undefined ? 'now' : isDue(one.due, nowMs)
  if (around.left === false) return ended(one, 'dropped', { code: 'RESTART_NOT_NEEDED', facts: {} }, nowMs)
  if (due === 'not yet') return one
  const because = due === 'missed' ? { code: 'RESTART_MISSED', facts: {} } : whyNotNow(one, around)
  if (because) return ended(one, 'dropped', because, nowMs)
  return { ...one, state: 'asked', stamp: isoOf(nowMs), revision: one.revision + 1 }
}

function whyNotNow(one: Restart, { object, closed }: Around): Coded | null {
  if (closed) return closed
  const { because } = { because: null, ...nextOf(one, object) }
  return because
}

/** After the write: how far it is; its end once it is healthy, stuck, changed by somebody else, or `deadlineMs` after its start. */
export function afterWrite(one: Restart, object: RolledObject | null, deadlineMs: number, nowMs: number): Restart {
  if (object?.metadata.uid !== one.uid) return ended(one, 'failed', { code: 'RESTART_GONE', facts: {} }, nowMs)
  if (stampIn(object) !== one.stamp) return ended(one, 'failed', { code: 'RESTART_OVERTAKEN', facts: {} }, nowMs)
  const { counts, end } = healthOf(object)
  const seen = counts ? { ...one, counts } : one
  if (end === 'done') return ended(seen, 'done', undefined, nowMs)
  if (end !== 'going') return ended(seen, 'failed', end, nowMs)
  if (nowMs - epochOf(one.startedAt ?? one.at) > deadlineMs) {
    return ended(seen, 'failed', { code: 'RESTART_SLOW', facts: { minutes: Math.round(deadlineMs / 60_000) } }, nowMs)
  }
  const news = JSON.stringify(seen.counts) !== JSON.stringify(one.counts)
  return news ? { ...seen, revision: one.revision + 1 } : one
}

export function ended(one: Restart, state: Restart['state'], because: Coded | undefined, nowMs: number): Restart {
  return { ...one, state, ...(because ? { because } : {}), endedAt: isoOf(nowMs), revision: one.revision + 1 }
}

/** A worker found the stamp, or has just written it. */
export function written(one: Restart, nowMs: number): Restart {
  return { ...one, state: 'running', startedAt: isoOf(nowMs), revision: one.revision + 1 }
}
