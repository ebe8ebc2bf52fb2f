import { epochOf, isoOf } from '../kernel/clock.ts'
import type { Run } from '../wire/run.ts'
import { endCard, openCard } from './cards.ts'
import type { Decided } from './decided.ts'
import { beginUndo } from './decide-undo.ts'
import { runMessage, withAudit, withMessage, withStep } from './draft.ts'
import { codedOf } from './event.ts'
import type { Policy } from './policy.ts'
import { isPastSwitch, isResting } from './step-order.ts'
import type { UnusedLook } from './unused.ts'
import { whyNotQuiet, withLook } from './unused.ts'

/** So long OLD can be put back after it was retired: from then on the run ends and another one may begin. */
const WAY_BACK_MS = 7 * 86_400_000
const DONE = 'Done'

/** OLD is retired: the run stays open for as long as OLD can be put back. */
export function done(run: Run, nowMs: number): Run {
  const until = isoOf(nowMs + WAY_BACK_MS)
  const facts = { from: run.plan.from.map(({ revision }) => revision).join(', '), to: run.plan.to.version, until }
  const condition = { type: DONE, status: 'True' as const, reason: 'OLD_RETIRED', facts, since: isoOf(nowMs) }
  const noted: Run = { ...run, state: 'done', conditions: [condition] }
  return withMessage(withAudit(noted, codedOf('OLD_RETIRED', facts), nowMs), runMessage(run))
}

export function isWayBackOver(run: Run, nowMs: number): boolean {
  const ended = run.conditions.find(({ type }) => type === DONE)
  return run.state === 'done' && ended !== undefined && nowMs >= epochOf(ended.since) + WAY_BACK_MS
}

export function decideWayBackOver(run: Run, nowMs: number): Decided {
  if (!isWayBackOver(run, nowMs))
    return { ok: false, refusal: { code: 'RUN_BUSY', facts: { state: run.state, phase: run.phase } } }
  return { ok: true, run: ended(run, nowMs) }
}

/** The end of a run that is done: by time, or because another upgrade was asked for. */
export function ended(run: Run, nowMs: number): Run {
  const audited = withAudit(run, codedOf('WAY_BACK_OVER', { run: run.id }), nowMs)
  return withMessage({ ...audited, state: 'ended', endedAt: isoOf(nowMs) }, runMessage(run))
}

/**
 * One reading of who still uses the control plane that is to go. A card whose ground it takes away is withdrawn, so that nobody
 * reads a card that can't be approved; it is asked for anew when nobody is left.
 */
export function decideUnusedLook(run: Run, look: UnusedLook, policy: Policy, nowMs: number): Decided {
  if (!isResting(run) && run.state !== 'returning') return { ok: true, run }
  const seen = withLook(run, look, nowMs)
  const card = isPastSwitch(seen) ? openCard(seen) : undefined
  const why = card ? whyNotQuiet(seen, policy.quietMs, nowMs) : null
  return { ok: true, run: card && why ? endCard(seen, card, 'withdrawn', nowMs, why) : seen }
}

/** On the way back, is nobody left on NEW, for as long as the policy asks? Then it goes, as the rollback decided. */
export function isNewUnused(run: Run, policy: Policy, nowMs: number): boolean {
  return run.state === 'returning' && !run.stopped && whyNotQuiet(run, policy.quietMs, nowMs) === null
}

/** The install is undone once more: that it could not be, because NEW was still used, ended its first undo. */
export function decideNewUnused(run: Run, policy: Policy, nowMs: number): Decided {
  const install = run.plan.steps.find(({ kind }) => kind === 'install')
  if (!install || !isNewUnused(run, policy, nowMs)) {
    return { ok: false, refusal: { code: 'RUN_BUSY', facts: { state: run.state, phase: run.phase } } }
  }
  const again = withStep(run, install.id, { acted: true, state: 'done' })
  const conditions = run.conditions.filter(({ type }) => type !== 'NewStays')
  const audited = withAudit({ ...again, conditions }, codedOf('NEW_UNUSED', { revision: run.plan.to.revision }), nowMs)
  return { ok: true, run: beginUndo(audited, nowMs) }
}
