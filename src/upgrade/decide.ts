import type { Run } from '../wire/run.ts'
import { withCallsHeeded } from './calls.ts'
import { decideAlarm, decideAlarmOver, decideSettled, settledAfter } from './decide-alarms.ts'
import { decideByHand } from './decide-by-hand.ts'
import { decideApprove, decideReject } from './decide-approval.ts'
import { decideAsk, decideAskAgain, decideExpired, decidePolicyChanged } from './decide-asking.ts'
import { decideReplaced, decideResume, decideRollback, decideStop } from './decide-control.ts'
import { decideReminder } from './decide-reminder.ts'
import { decideNewUnused, decideUnusedLook, decideWayBackOver } from './decide-retired.ts'
import { decideStart } from './decide-start.ts'
import { decideStepActs, decideStepBegan, decideStepDone, decideStepFailed, decideTakenOver } from './decide-steps.ts'
import { decideStepUndone, decideUndoFailed } from './decide-undo.ts'
import type { Decided } from './decided.ts'
import type { RunEvent } from './event.ts'
import type { Policy } from './policy.ts'
import { keepRoom } from './record-room.ts'

/**
 * The machine of a run: total over all events, pure, and the only place where a run changes. Whoever applies its effects may
 * be killed and repeat them; effects carry stable ids.
 */
export function decide(run: Run, event: RunEvent, policy: Policy, nowMs: number): Decided {
  const decided = decideEvent(run, event, policy, nowMs)
  const heeded = decided.run ? { ...decided, run: withCallsHeeded(decided.run, nowMs) } : decided
  return keepRoom(run, event, heeded, nowMs)
}

function decideEvent(run: Run, event: RunEvent, policy: Policy, nowMs: number): Decided {
  if (run.endedAt && event.kind !== 'effects-applied') {
    return { ok: false, refusal: { code: 'RUN_ENDED', facts: { run: run.id, at: run.endedAt } } }
  }
  switch (event.kind) {
    case 'ask':
      return decideAsk(run, event, policy, nowMs)
    case 'ask-again':
      return decideAskAgain(run, event, policy, nowMs)
    case 'approve':
      return decideApprove(run, event, policy, nowMs)
    case 'reject':
      return decideReject(run, event, policy, nowMs)
    case 'start':
      return decideStart(run, event, policy, nowMs)
    case 'expired':
      return decideExpired(run, event.card, nowMs)
    case 'policy-changed':
      return decidePolicyChanged(run, policy, nowMs)
    default:
      return decideRest(run, event, policy, nowMs)
  }
}

type RestEvent = Exclude<
  RunEvent,
  { readonly kind: 'ask' | 'ask-again' | 'approve' | 'reject' | 'start' | 'expired' | 'policy-changed' }
>

function decideRest(run: Run, event: RestEvent, policy: Policy, nowMs: number): Decided {
  switch (event.kind) {
    case 'stop':
      return decideStop(run, event.click, policy, nowMs)
    case 'resume':
      return decideResume(run, event.click, policy, nowMs)
    case 'rollback':
      return decideRollback(run, event, policy, nowMs)
    case 'stop-by-hand':
    case 'rollback-by-hand':
      return decideByHand(run, event, nowMs)
    case 'replaced':
      return decideReplaced(run, event.oldIsGone, nowMs)
    case 'new-unused':
      return decideNewUnused(run, policy, nowMs)
    case 'unused-look':
      return decideUnusedLook(run, event.look, policy, nowMs)
    default:
      return decideNoted(run, event, nowMs)
  }
}

type NotedEvent = Exclude<
  RestEvent,
  {
    readonly kind:
      | 'stop'
      | 'resume'
      | 'rollback'
      | 'stop-by-hand'
      | 'rollback-by-hand'
      | 'replaced'
      | 'new-unused'
      | 'unused-look'
  }
>

/** What was seen or done, on which nobody has to decide. */
function decideNoted(run: Run, event: NotedEvent, nowMs: number): Decided {
  switch (event.kind) {
    case 'alarm':
      return decideAlarm(run, event, nowMs)
    case 'alarm-over':
      return decideAlarmOver(run, event.key, nowMs)
    case 'remind':
      return decideReminder(run, event.card, nowMs)
    case 'settled':
      return decideSettled(run, event.fields)
    case 'way-back-over':
      return decideWayBackOver(run, nowMs)
    case 'effects-applied':
      return { ok: true, run: { ...run, pending: run.pending.filter((effect) => !event.ids.includes(effect.id)) } }
    default:
      return decideStepEvent(run, event, nowMs)
  }
}

type StepEvent = Exclude<
  NotedEvent,
  { readonly kind: 'alarm' | 'alarm-over' | 'remind' | 'settled' | 'way-back-over' | 'effects-applied' }
>

function decideStepEvent(run: Run, event: StepEvent, nowMs: number): Decided {
  switch (event.kind) {
    case 'step-began':
      return decideStepBegan(run, event, nowMs)
    case 'step-acts':
      return decideStepActs(run, event)
    case 'step-done':
      return settledAfter(decideStepDone(run, event, nowMs), event.settled)
    case 'step-failed':
      return settledAfter(decideStepFailed(run, event, nowMs), event.settled)
    case 'step-undone':
      return settledAfter(decideStepUndone(run, event, nowMs), event.settled)
    case 'undo-failed':
      return settledAfter(decideUndoFailed(run, event, nowMs), event.settled)
    case 'taken-over':
      return decideTakenOver(run, event, nowMs)
  }
}
