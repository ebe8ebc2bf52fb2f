import type { Clock } from '../kernel/clock.ts'
import type { Log } from '../kernel/log.ts'
import type { SlackState } from '../ports/read-model.ts'
import { isTokenError, type SlackTrouble } from './slack-errors.ts'

/** How Slack takes our calls, from the calls themselves: what /healthz says, and when to hurry after an outage. */
export type SlackHealth = {
  /** Slack carried out a call. */
  readonly answered: () => void
  readonly failed: (trouble: SlackTrouble) => void
  readonly revoked: (why: string) => void
  readonly state: () => SlackState
  /** A message was given up; how many since the start. */
  readonly gaveUp: () => void
  readonly givenUp: () => number
  /** When Slack last carried out a call (epoch ms). */
  readonly heardAt: () => number
  /** How often Slack came back after an outage: waits that began before the last return are over. */
  readonly returns: () => number
  readonly onReturn: (hear: (before: SlackState) => void) => void
}

/** A shorter trouble is no outage: one call that fails between others that don't must not hurry itself. */
const OUTAGE_MS = 5000

export function slackHealth(machine: Clock, log: Log): SlackHealth {
  let state: SlackState = { kind: 'ok', since: machine.now() }
  let heardAt = machine.now()
  let returns = 0
  let givenUp = 0
  const hearers: ((before: SlackState) => void)[] = []
  const turn = (kind: SlackState['kind'], error?: string): void => {
    if (state.kind === kind) return
    state = { kind, since: machine.now(), ...(error === undefined ? {} : { error }) }
    if (kind === 'revoked')
      log.error("Slack takes the bot's token no more: nobody can approve until it is renewed", { error })
    else log.info('Slack is', { state: kind, error })
  }
  return {
    answered: () => {
      heardAt = machine.now()
      const before = state
      turn('ok')
      if (before.kind === 'ok' || (before.kind === 'away' && machine.now() - before.since < OUTAGE_MS)) return
      returns += 1
      for (const hear of hearers) hear(before)
    },
    failed: (trouble) => {
      if (trouble.kind === 'refused' && isTokenError(trouble.error)) turn('revoked', trouble.error)
      // A token that was refused is not given back by an outage.
      else if (trouble.kind === 'later' && state.kind !== 'revoked') turn('away', trouble.error)
    },
    revoked: (why) => turn('revoked', why),
    state: () => state,
    gaveUp: () => void (givenUp += 1),
    givenUp: () => givenUp,
    heardAt: () => heardAt,
    returns: () => returns,
    onReturn: (hear) => void hearers.push(hear),
  }
}
