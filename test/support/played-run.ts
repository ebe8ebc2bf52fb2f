import { decide } from '../../src/upgrade/decide.ts'
import { openCard } from '../../src/upgrade/cards.ts'
import type { RunEvent } from '../../src/upgrade/event.ts'
import type { Policy } from '../../src/upgrade/policy.ts'
import { busyStep } from '../../src/upgrade/step-order.ts'
import type { UnusedLook } from '../../src/upgrade/unused.ts'
import type { PhaseName } from '../../src/wire/names.ts'
import type { ApprovalCard, Run } from '../../src/wire/run.ts'
import { LEE, MEI, SRE, T0, aClick, aHolder, aPolicy, aProof, aRun, aStanding, clickOn } from './run-builders.ts'

const CARDS: Readonly<Record<PhaseName, string>> = {
  install: 'ap-01jd9q4t7h0000000000000001',
  switch: 'ap-01jd9q4t7h0000000000000002',
  rehearse: 'ap-01jd9q4t7h0000000000000003',
  retire: 'ap-01jd9q4t7h0000000000000004',
}

/** The run after one more event; throws when it is refused. */
export function after(run: Run, event: RunEvent, policy: Policy = aPolicy(), nowMs = T0): Run {
  const decided = decide(run, event, policy, nowMs)
  if (!decided.ok) throw new Error(`${event.kind} was refused: ${decided.refusal.code}`)
  return decided.run
}

/** The code with which an event is refused, or `ok`. */
export function verdictOn(run: Run, event: RunEvent, policy: Policy = aPolicy(), nowMs = T0): string {
  const decided = decide(run, event, policy, nowMs)
  return decided.ok ? 'ok' : decided.refusal.code
}

/** A run whose phase waits for approvals. */
export function asked(run: Run = aRun(), policy: Policy = aPolicy()): Run {
  return after(run, { kind: 'ask', id: CARDS[run.phase], standing: aStanding(run.phase) }, policy)
}

/** The card that is open. */
export function theCard(run: Run): ApprovalCard {
  const card = openCard(run)
  if (!card) throw new Error('no card is open')
  return card
}

export function approveBy(run: Run, who = MEI): RunEvent {
  const card = theCard(run)
  return { kind: 'approve', click: aClick(who), card: clickOn(card), standing: aStanding(card.phase), typed: 'prod-a' }
}

export function startBy(run: Run, who = LEE): RunEvent {
  const card = theCard(run)
  return { kind: 'start', click: aClick(who), card: clickOn(card), standing: aStanding(card.phase) }
}

/** Begins the queued step, and acts. */
export function acting(run: Run): Run {
  const step = run.steps.find((one) => one.attempt > 0 && !one.holder && ['waiting', 'undoing'].includes(one.state))
  if (!step) throw new Error('no step is queued')
  const about = { step: step.id, attempt: step.attempt, holder: aHolder() }
  const direction = step.state === 'undoing' ? ('undo' as const) : ('forward' as const)
  return after(after(run, { kind: 'step-began', ...about, direction }), { kind: 'step-acts', ...about, changes: true })
}

/** What the step at work may report. */
export function atWork(run: Run): { readonly step: string; readonly attempt: number } {
  const step = busyStep(run)
  if (!step) throw new Error('no step is at work')
  return { step: step.id, attempt: step.attempt }
}

export function stepDone(run: Run): Run {
  return after(run, { kind: 'step-done', ...atWork(run), proofs: [aProof('right')], evidence: [] })
}

export function stepUndone(run: Run): Run {
  return after(run, { kind: 'step-undone', ...atWork(run), proofs: [aProof('right')], evidence: [] })
}

/** Asked and approved: the first step of the install is queued. */
export function installing(): Run {
  const run = asked()
  return after(run, approveBy(run))
}

/** Installed and proven; the phase `switch` waits for its card. */
export function installed(): Run {
  let run = installing()
  while (run.phase === 'install') run = stepDone(acting(run))
  return run
}

/** Approved by two and started. */
export function switching(): Run {
  const pending = asked(installed())
  const one = after(pending, approveBy(pending, MEI))
  const two = after(one, approveBy(one, SRE))
  return after(two, startBy(two))
}

export function switched(): Run {
  return phaseDone(switching())
}

function phaseDone(begun: Run): Run {
  let run = begun
  while (run.state === 'running') run = stepDone(acting(run))
  return run
}

/** What a census says when nobody uses the control plane that is to go. */
export function anUnusedLook(change: Partial<UnusedLook> = {}): UnusedLook {
  return { from: ['default'], because: null, istiods: ['a/0'], seenMs: T0, ...change }
}

const AT_ONCE = aPolicy({ quietMs: 0 })

/** Nobody is left on OLD: the rehearsal, or the retirement, is asked for and started. */
export function oldGoing(resting: Run): Run {
  const unused = after(resting, { kind: 'unused-look', look: anUnusedLook() })
  const pending = asked(unused, AT_ONCE)
  const one = after(pending, approveBy(pending, MEI))
  const two = one.phase === 'retire' ? after(one, approveBy(one, SRE)) : one
  return after(two, startBy(two))
}

export function rehearsed(): Run {
  return phaseDone(oldGoing(switched()))
}

export function retired(): Run {
  return phaseDone(oldGoing(rehearsed()))
}
