import type { Coded } from '../wire/facts.ts'
import type { Run } from '../wire/run.ts'
import { RECORD_LIMIT } from '../wire/run.ts'
import type { Decided } from './decided.ts'
import type { RunEvent } from './event.ts'
import { codedOf } from './event.ts'
import { withoutOld } from './forget-old.ts'
import { halt } from './run-changes.ts'
import { withoutEvidence } from './without-evidence.ts'
import { withoutPastProofs } from './without-past-proofs.ts'

/**
 * How many bytes of its record a run may fill by going forward. The rest is kept for what can't wait: the outcome of the step
 * at work, alarms, and the whole way back.
 */
const FORWARD_LIMIT = 176 * 1024

/** How many bytes a run may have before anything was asked: cards, proofs and evidence come to about twice its plan. */
const PLAN_LIMIT = 56 * 1024

/** PLAN_TOO_LARGE {bytes, limit, classes, steps} for a new run whose plan leaves too little of the record for going forward. */
export function whyTooLarge(run: Run): Coded | null {
  const bytes = bytesOf(run)
  if (bytes <= PLAN_LIMIT) return null
  const { classes, steps } = run.plan
  return codedOf('PLAN_TOO_LARGE', { bytes, limit: PLAN_LIMIT, classes: classes.length, steps: steps.length })
}

/** RECORD_FULL {bytes, limit} once the rest of the record is kept for going back; null while the run may go on. */
export function whyNoRoom(run: Run): Coded | null {
  const bytes = bytesOf(run)
  return bytes <= FORWARD_LIMIT ? null : codedOf('RECORD_FULL', { bytes, limit: FORWARD_LIMIT })
}

/** The run, where it needs the room without what proved its earlier phases. */
export function withRoom(run: Run): Run {
  return whyNoRoom(run) ? withoutPastProofs(run) : run
}

/**
 * What was decided, so that it can be saved: what could wait is refused before it fills what is kept for going back, a card
 * that can't be made halts the run where people see it, and all else is saved, at the worst without its evidence.
 */
export function keepRoom(before: Run, event: RunEvent, decided: Decided, nowMs: number): Decided {
  if (!decided.run || decided.run === before) return decided
  const kept = withoutOld(decided.run)
  const run = withRoom(kept)
  const full = whyNoRoom(run)
  if (!full) return { ...decided, run }
  if (event.kind === 'ask') return { ok: true, run: fitting(halt(before, full, nowMs), nowMs) }
  if (canWait(event, run)) return { ok: false, refusal: full }
  return { ...decided, run: fitting(run, nowMs) }
}

const FORWARD: readonly RunEvent['kind'][] = ['ask-again', 'approve', 'start', 'settled']

function canWait(event: RunEvent, after: Run): boolean {
  const onward = event.kind === 'resume' && after.state !== 'undoing'
  return onward || FORWARD.includes(event.kind)
}

function fitting(run: Run, nowMs: number): Run {
  return bytesOf(run) <= RECORD_LIMIT ? run : withoutEvidence(run, nowMs)
}

function bytesOf(run: Run): number {
  return Buffer.byteLength(JSON.stringify(run))
}
