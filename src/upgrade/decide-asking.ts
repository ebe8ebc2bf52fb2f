import type { Refusal } from '../kernel/errors.ts'
import type { ApprovalCard, Run } from '../wire/run.ts'
import { adoptPlan } from './adopt-plan.ts'
import { cardById, endCard, hasExpired, newCard, openCard, policyDiffers, showCard } from './cards.ts'
import type { Decided } from './decided.ts'
import { withAudit, withVerdict } from './draft.ts'
import type { RunEvent, Standing } from './event.ts'
import { codedOf } from './event.ts'
import type { Policy } from './policy.ts'
import { isPastSwitch, isResting, stepsOfPhase } from './step-order.ts'
import { whyNotQuiet } from './unused.ts'
import { mayRequest } from './who-may.ts'
import { whyStopped } from './who-stopped.ts'

type Ask = Extract<RunEvent, { kind: 'ask' }>
type AskAgain = Extract<RunEvent, { kind: 'ask-again' }>

/** These ended because the ground under them changed, not because of a person or the time. */
const ASKED_ANEW: readonly ApprovalCard['state'][] = ['superseded', 'withdrawn']

/**
 * Does the run stand still only because its phase has no card? True at its beginning, after a phase is done, after a card was
 * superseded or withdrawn, and where the cluster outdated the plan between Start and the first act; not after a rejection, an expiry or
 * any other failure: then a person asks again.
 */
export function cardWanted(run: Run, policy: Policy, nowMs: number): boolean {
  if (!isResting(run) || run.stopped || run.rollback || openCard(run)) return false
  if (!isPhaseOpen(run, policy, nowMs)) return false
  const last = run.cards.findLast((card) => card.phase === run.phase)
  return !last || ASKED_ANEW.includes(last.state) || (last.state === 'started' && wasOutdated(run))
}

/** Has the phase anything to do, and may it be asked for? Nobody is asked to let OLD go while somebody still uses it. */
function isPhaseOpen(run: Run, policy: Policy, nowMs: number): boolean {
  if (stepsOfPhase(run, run.phase).length === 0) return false
  return !isPastSwitch(run) || whyNotQuiet(run, policy.quietMs, nowMs) === null
}

/** What a phase saves first is held against the plan: nothing was changed then. */
export function wasOutdated(run: Run): boolean {
  const [save] = stepsOfPhase(run, run.phase)
  return save?.state === 'failed' && save.error?.code === 'PLAN_OUTDATED'
}

export function decideAsk(run: Run, event: Ask, policy: Policy, nowMs: number): Decided {
  if (!cardWanted(run, policy, nowMs) || event.standing.phase !== run.phase) {
    return { ok: false, refusal: { code: 'CARD_NOT_WANTED', facts: { phase: run.phase } } }
  }
  const asked = withNewCard(run, event.id, event.standing, policy, nowMs)
  return asked ? { ok: true, run: asked } : OUTDATED
}

export function decideAskAgain(run: Run, event: AskAgain, policy: Policy, nowMs: number): Decided {
  const { click, standing } = event
  const no = mayAskAgain(run, event, policy)
  if (no) return { ok: false, refusal: no }
  const [blocked] = standing.blocked
  if (blocked) return { ok: false, refusal: blocked }
  const asked = withNewCard(run, event.id, standing, policy, nowMs)
  if (!asked) return OUTDATED
  const audited = withAudit(asked, codedOf('ASKED_AGAIN', { phase: run.phase, run: run.id }), nowMs, click)
  return { ok: true, run: withVerdict(audited, click.request, codedOf('ASKED_AGAIN', { phase: run.phase })) }
}

function mayAskAgain(run: Run, event: AskAgain, policy: Policy): Refusal | null {
  const no = mayRequest(policy, event.click.who)
  if (no) return no
  const stopped = whyStopped(run)
  if (stopped) return stopped
  if (openCard(run)) return { code: 'CARD_OPEN_ALREADY', facts: { phase: run.phase } }
  if (!isResting(run)) return { code: 'RUN_BUSY', facts: { state: run.state, phase: run.phase } }
  if (event.standing.phase !== run.phase) return { code: 'RUN_BUSY', facts: { state: run.state, phase: run.phase } }
  return null
}

/** The plan was made anew for a run that has gone on since: the next look makes it again. */
const OUTDATED: Decided = { ok: false, refusal: { code: 'PLAN_OUTDATED', facts: {} } }

function withNewCard(before: Run, id: string, standing: Standing, policy: Policy, nowMs: number): Run | null {
  const run = withNewPlan(before, standing, nowMs)
  if (!run) return null
  // Whoever reads the card sees the cluster as it is now: from here on it counts as settled.
  const fielded = { ...run, fields: { ...standing.fields }, settled: { ...standing.fields } }
  const shown = showCard(fielded, newCard(fielded, policy, id, standing, nowMs))
  return withAudit(
    shown,
    codedOf('APPROVAL_ASKED', {
      approval: id,
      phase: run.phase,
      planHash: run.planHash,
      fingerprint: standing.fingerprint,
    }),
    nowMs,
  )
}

function withNewPlan(run: Run, { remade }: Standing, nowMs: number): Run | null {
  const planned = remade ? adoptPlan(run, remade.plan) : run
  if (!planned || !remade) return planned
  const { code, facts } = remade.because
  return withAudit(planned, codedOf(code, { ...facts, planHash: planned.planHash }), nowMs)
}

/** An approval that nobody completed, or nobody started, in time. */
export function decideExpired(run: Run, id: string, nowMs: number): Decided {
  const card = cardById(run, id)
  if (!card || (card.state !== 'pending' && card.state !== 'approved') || !hasExpired(card, nowMs)) {
    return { ok: false, refusal: { code: 'CARD_NOT_OPEN', facts: { approval: id } } }
  }
  const what = codedOf(card.state === 'approved' ? 'NOT_STARTED_IN_TIME' : 'NOT_DECIDED_IN_TIME', { phase: card.phase })
  const ended = endCard(run, card, 'expired', nowMs, what)
  return { ok: true, run: withAudit(ended, codedOf('APPROVAL_EXPIRED', { approval: id, phase: card.phase }), nowMs) }
}

/** A policy change voids cards that are not yet approved (design.md §13). */
export function decidePolicyChanged(run: Run, policy: Policy, nowMs: number): Decided {
  const card = openCard(run)
  if (!card || card.state !== 'pending' || !policyDiffers(card, policy)) return { ok: true, run }
  const what = codedOf('POLICY_CHANGED', { phase: card.phase })
  return { ok: true, run: withAudit(endCard(run, card, 'superseded', nowMs, what), what, nowMs) }
}
