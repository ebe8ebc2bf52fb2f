import { epochOf, isoOf } from '../kernel/clock.ts'
import type { Coded } from '../wire/facts.ts'
import type { Restart } from '../wire/restarts.ts'
import { healthOf, type RolledObject } from './rollout.ts'
import { isDue } from './when.ts'
import { nextOf, stampIn } from './write.ts'

/** What is known of a restart whose time was picked, at any look. */
export type Outlook = {
  /** Why it can't begin at any time: the upgrade is over or goes the other way, or owners may restart nothing. */
  readonly over: Coded | null
  /** Pods were counted just now, on the way of this restart, and the workload is none that is left. */
  readonly moved: boolean
}

/** A picked time, at any look: dropped once it can't begin any more. The same record where nothing is to be done. */
export function afterPlan(one: Restart, { over, moved }: Outlook, nowMs: number): Restart {
  if (over) return ended(one, 'dropped', over, nowMs)
  if (moved) return ended(one, 'dropped', { code: 'RESTART_NOT_NEEDED', facts: {} }, nowMs)
  if (one.due === undefined || isDue(one.due, nowMs) !== 'missed') return one
  return ended(one, 'dropped', { code: 'RESTART_MISSED', facts: {} }, nowMs)
}

/** Everything that a click is asked, asked once more at the picked time: the workload as it is, or why not. */
export type Judged = { readonly object: RolledObject } | { readonly because: Coded }

/**
 * A picked time that has come: begun where all that is asked of a click is answered well once more, of the workload that was shown.
 * While nobody has counted pods it is looked at again. `now` by the calendar, `machine` by the machine's clock; epoch ms.
 */
export function atItsTime(one: Restart, judged: Judged, now: number, machine: number): Restart {
  const because = 'because' in judged ? judged.because : whyNotShown(one, judged.object)
  if (because?.code === 'CENSUS_STALE') return one
  if (because) return ended(one, 'dropped', because, now)
  return { ...one, state: 'asked', stamp: isoOf(now), askedAt: isoOf(machine), revision: one.revision + 1 }
}

function whyNotShown(one: Restart, object: RolledObject): Coded | null {
  const next = nextOf(one, object)
  return next.kind === 'no' ? next.because : null
}

/** After the write: how far it is; its end once it is healthy, stuck, changed by somebody else, or `deadlineMs` after its start. */
export function afterWrite(one: Restart, object: RolledObject | null, deadlineMs: number, nowMs: number): Restart {
  if (object?.metadata.uid !== one.uid) return ended(one, 'failed', { code: 'RESTART_GONE', facts: {} }, nowMs)
  if (stampIn(object) !== one.stamp) return ended(one, 'failed', { code: 'RESTART_OVERTAKEN', facts: {} }, nowMs)
  const { counts, end } = healthOf(object)
  const seen = counts ? { ...one, counts } : one
  if (end === 'done') return ended(seen, 'done', undefined, nowMs)
  if (end !== 'going') return ended(seen, 'failed', end, nowMs)
  if (isLate(one, deadlineMs, nowMs)) {
    return ended(seen, 'failed', { code: 'RESTART_SLOW', facts: { minutes: Math.round(deadlineMs / 60_000) } }, nowMs)
  }
  const news = JSON.stringify(seen.counts) !== JSON.stringify(one.counts)
  return news ? { ...seen, revision: one.revision + 1 } : one
}

/**
 * The workload could not be read: its end where it may not be read at all, or could not be for as long as a restart may take. Nothing
 * is known of its pods then, and the card says why. The same record where it is to be looked at again.
 */
export function afterUnread(one: Restart, why: Coded, deadlineMs: number, nowMs: number): Restart {
  const isOver = why.code === 'CLUSTER_FORBIDDEN' || isLate(one, deadlineMs, nowMs)
  return isOver ? ended(one, 'failed', why, nowMs) : one
}

function isLate({ startedAt, stamp, at }: Restart, deadlineMs: number, nowMs: number): boolean {
  return nowMs - epochOf(startedAt ?? stamp ?? at) > deadlineMs
}

export function ended(one: Restart, state: Restart['state'], because: Coded | undefined, nowMs: number): Restart {
  return { ...one, state, ...(because ? { because } : {}), endedAt: isoOf(nowMs), revision: one.revision + 1 }
}

/** A worker found the stamp, or has just written it. */
export function written(one: Restart, nowMs: number): Restart {
  return { ...one, state: 'running', startedAt: isoOf(nowMs), revision: one.revision + 1 }
}
