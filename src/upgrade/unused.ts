import { epochOf, isoOf } from '../kernel/clock.ts'
import type { Census } from '../wire/census.ts'
import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { codedOf } from './event.ts'
import { migrationOf } from './migration-of.ts'

/** The condition that says since when nobody has used the control plane that is to go. */
const UNUSED = 'OldUnused'

/** Readings further apart than this have a break between them, in ms by the machine clock. */
const BREAK_MS = 180_000
/** So often a reading that says the same is saved: the record must not be written with every count. */
const SAVE_MS = 45_000

/** One reading of both sources. */
export type UnusedLook = {
  /** The revisions that are to go. */
  readonly from: readonly string[]
  /** Why they may not: somebody uses them, or it can't be known. Null when both sources are at zero. */
  readonly because: Coded | null
  /** The processes that were asked. */
  readonly istiods: readonly string[]
  /** When the pods were counted, epoch ms by the machine clock. */
  readonly seenMs: number
}

export function unusedLook({ census, seenMs }: { readonly census: Census; readonly seenMs: number }): UnusedLook {
  const asked = ofOld(census)
  return {
    from: census.migration.from,
    because: whyUsed(census),
    istiods: asked.flatMap(({ istiods }) => istiods),
    seenMs,
  }
}

/**
 * Why the old control plane may not go, by the two sources; null when pods and proxies are both at zero. What one of them can't
 * say is not zero (promise 5): a pod with a sidecar of an unknown revision, an istiod that gives no answer, no istiod at all.
 */
export function whyUsed(census: Census): Coded | null {
  const from = census.migration.from.join(', ')
  const { old } = census.pods
  if (old > 0) return codedOf('PODS_STILL_OLD', { from, pods: old, workloads: census.workloads })
  if (census.unknown > 0) return codedOf('SIDECARS_UNKNOWN', { pods: census.unknown })
  const asked = ofOld(census)
  if (asked.length === 0 || asked.some(({ istiods }) => istiods.length === 0))
    return codedOf('PROXIES_UNASKED', { from })
  if (asked.some(({ proxies }) => proxies === null)) return codedOf('PROXIES_UNKNOWN', { from })
  const proxies = asked.reduce((sum, one) => sum + (one.proxies ?? 0), 0)
  return proxies > 0 ? codedOf('SOURCES_DISAGREE', { from, proxies }) : null
}

function ofOld({ second, migration }: Census) {
  return second?.connected.filter(({ revision }) => migration.from.includes(revision)) ?? []
}

/**
 * The run after one reading. Both at zero begins a quiet time, or goes on with it; a use ends it, and so does a break between
 * readings or another process of an istiod, since who was connected before may not be again yet. An istiod that gives no answer
 * once ends nothing: the next answer tells, if it comes before a break.
 */
export function withLook(run: Run, look: UnusedLook, nowMs: number): Run {
  const before = unusedOf(run)
  const next = conditionAfter(before, look, nowMs)
  if (!next || next === before) return run
  return { ...run, conditions: [...run.conditions.filter(({ type }) => type !== UNUSED), next] }
}

type Condition = Run['conditions'][number]

function conditionAfter(before: Condition | undefined, look: UnusedLook, nowMs: number): Condition | undefined {
  const quiet = before?.status === 'True' ? before : null
  if (!look.because) return quiet ? afterQuiet(quiet, look, nowMs) : quietSince(isoOf(nowMs), look)
  if (quiet && isUnanswered(look.because) && !isBroken(quiet, look)) return quiet
  return before?.reason === look.because.code ? before : usedBy(look.because, nowMs)
}

function isUnanswered({ code }: Coded): boolean {
  return code === 'PROXIES_UNKNOWN' || code === 'PROXIES_UNASKED'
}

function afterQuiet(quiet: Condition, look: UnusedLook, nowMs: number): Condition {
  if (isBroken(quiet, look) || !isSameProcess(quiet, look)) return quietSince(isoOf(nowMs), look)
  const isSaved = !isRehearsed(quiet) && look.seenMs - seenMsOf(quiet) < SAVE_MS
  return isSaved ? quiet : quietSince(quiet.since, look)
}

function usedBy({ code, facts }: Coded, nowMs: number): Condition {
  const status = code === 'PODS_STILL_OLD' ? ('False' as const) : ('Unknown' as const)
  return { type: UNUSED, status, reason: code, facts, since: isoOf(nowMs) }
}

function quietSince(since: string, look: UnusedLook): Condition {
  const facts = { from: look.from.join(', '), seenAt: isoOf(look.seenMs), istiods: look.istiods.join(' ') }
  return { type: UNUSED, status: 'True', reason: 'NOBODY_LEFT', facts, since }
}

function isBroken(before: Condition, look: UnusedLook): boolean {
  if (before.facts['from'] !== look.from.join(', ')) return true
  return look.seenMs - seenMsOf(before) > BREAK_MS
}

function isSameProcess(before: Condition, look: UnusedLook): boolean {
  return isRehearsed(before) || before.facts['istiods'] === look.istiods.join(' ')
}

function seenMsOf({ facts }: Condition): number {
  return epochOf(String(facts['seenAt'] ?? ''))
}

function isRehearsed({ facts }: Condition): boolean {
  return facts['rehearsed'] === true
}

/**
 * After a rehearsal OLD's istiods are other processes, and nobody could be asked meanwhile: that is no break, since for as long
 * nobody could have used them. From now on they can: the next reading goes on from here, if it comes before a break.
 */
export function afterRehearsal(run: Run, nowMs: number): Run {
  const conditions = run.conditions.map((one) =>
    one.type === UNUSED && one.status === 'True'
      ? { ...one, facts: { ...one.facts, rehearsed: true, seenAt: isoOf(nowMs) } }
      : one,
  )
  return { ...run, conditions }
}

function unusedOf(run: Run): Condition | undefined {
  return run.conditions.find(({ type }) => type === UNUSED)
}

/**
 * What keeps the control plane that is to go, for people to read: by the newest count where there is one, whose numbers the record
 * does not follow, else as the record has it.
 */
export function whyItStays(run: Run, census: Census | null, quietMs: number, nowMs: number): Coded | null {
  return (census && whyUsed(census)) ?? whyNotQuiet(run, quietMs, nowMs)
}

/** Null once nobody has used the old control plane for `quietMs`; else NOT_QUIET_YET {from, since, until}, or why it is used. */
export function whyNotQuiet(run: Run, quietMs: number, nowMs: number): Coded | null {
  const seen = unusedOf(run)
  if (!seen) return codedOf('NOT_COUNTED_YET')
  if (seen.status !== 'True') return codedOf(seen.reason, seen.facts)
  // It may speak of the other one: on the way back the roles are swapped.
  if (seen.facts['from'] !== migrationOf(run)?.from.join(', ')) return codedOf('NOT_COUNTED_YET')
  // OLD is back, and nobody has been counted since.
  if (isRehearsed(seen)) return codedOf('NOT_COUNTED_YET')
  const until = epochOf(seen.since) + quietMs
  return nowMs >= until
    ? null
    : codedOf('NOT_QUIET_YET', { from: seen.facts['from'], since: seen.since, until: isoOf(until) })
}
