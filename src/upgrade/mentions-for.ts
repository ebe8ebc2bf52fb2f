import type { Run } from '../wire/run.ts'
import { BY_HAND_ALARM } from './decide-by-hand.ts'
import type { Policy } from './policy.ts'
import { everybodyListed } from './who-may.ts'

/**
 * Who is mentioned when one of the run's messages is posted: only where they must act or were passed over. The approvers of an open card,
 * the on-call of an alarm and of a halt, whoever asked for what was undone by itself.
 */
export function mentionsFor(run: Run, message: string, policy: Policy, onCall: readonly string[]): readonly string[] {
  const card = run.cards.find((entry) => entry.id === message)
  if (card) return card.state === 'pending' ? card.from : []
  const alarm = run.alarms.find((entry) => entry.id === message)
  const call = run.calls?.find((entry) => entry.id === message)
  if (alarm && !alarm.endedAt) return [...new Set([...passedOver(alarm, policy), ...onCall])]
  return call && !call.endedAt ? calledBy(call, run, onCall) : []
}

function passedOver({ key }: Run['alarms'][number], policy: Policy): readonly string[] {
  return key === BY_HAND_ALARM ? everybodyListed(policy) : []
}

/** Where the file names no on-call, it is for whoever asked. */
function calledBy({ kind }: NonNullable<Run['calls']>[number], run: Run, onCall: readonly string[]): readonly string[] {
  return kind === 'halted' && onCall.length > 0 ? onCall : [run.requestedBy.user]
}
