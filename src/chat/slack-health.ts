import type { Clock } from '../kernel/clock.ts'
import { isTokenError, type SlackTrouble } from './slack-errors.ts'

/** `away`: network or Slack's own trouble. `revoked`: the token is taken no more, until somebody gives another or this one back. */
export type SlackState = {
  readonly kind: 'ok' | 'away' | 'revoked'
  /** Epoch ms, machine clock. */
  readonly since: number
  readonly error?: string
}

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
  /** How often Slack came back after an outage: waits that began before the last return are over. */
  readonly returns: () => number
  readonly onReturn: (hear: (before: SlackState) => void) => void
}

/** A shorter trouble is no outage: one call that fails between others that don't must not hurry itself. */
const OUTAGE_MS = 5000

export function slackHealth(machine: Clock): SlackHealth {
  let state: SlackState = { kind: 'ok', since: machine.now() }
  let returns = 0
  let givenUp = 0
  const hearers: ((before: SlackState) => void)[] = []
  const turn = (kind: SlackState['kind'], error?: string): void => {
    if (state.kind === kind) return
    state = { kind, since: machine.now(), ...(error === undefined ? {} : { error }) }
  }
  return {
    answered: () => {
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
    returns: () => returns,
    onReturn: (hear) => void hearers.push(hear),
  }
}
