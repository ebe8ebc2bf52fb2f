import type { Straggler } from '../wire/census.ts'
import type { TeamState } from '../wire/team-states.ts'
import { oldIn } from './old-pods.ts'
import { listedOf, redeployedMs } from './redeployed.ts'

export type NudgePolicy = { readonly everyMs: number; readonly max: number }

/** `told`: once, after the switch. `nudge`: its own workloads that are left. `done`: a word of thanks to who was nudged. */
export type TeamMessage = 'told' | 'nudge' | 'done'

/**
 * `silent` is told in the cluster's channel: nobody of the team answers. `closed` ends the last nudge without thanks. `isHeld`: a nudge is due, and the run's first ones must be let
 * leave before.
 */
export type NextForTeam = {
  readonly state: TeamState | undefined
  readonly send: TeamMessage | 'silent' | 'closed' | null
  readonly isHeld?: true
}

/** A pod that went may be made anew in a moment: so long its nudge is not closed. */
const SETTLED_MS = 10 * 60_000

/**
 * After so many nudges that nobody answered the contact is mentioned in the next; with a lower maximum in the last of all, since the
 * platform team is called after it.
 */
const QUIET_NUDGES = 2

type Look = {
  /** Its workloads with pods on an old sidecar now, but for those that it said are not its own. */
  readonly own: readonly Straggler[]
  /** Those among which one that is none of these any more was not redeployed: it is only another team's. */
  readonly all: readonly Straggler[]
  /** Its pods on the new sidecar, and those of which nothing says the revision. */
  readonly fresh: number
  readonly unknown: number
  /** Is a label as good as a redeploy? It is what was asked for, where no team owns them. */
  readonly byLabelToo: boolean
  /** Is one of those still left? Then its work is not done, though there is nothing to remind it of. */
  readonly disowned: boolean
  /** Are the run's nudges held until somebody lets them leave? */
  readonly held: boolean
  /** Are these the team's working hours? Nobody is told anything outside of them. */
  readonly open: boolean
  readonly nowMs: number
  /** The day in its zone. */
  readonly day: string
}

/**
 * What a team hears next. It is nudged at an interval, a few times at most, and not while it is at it: after it redeployed
 * something, the interval begins anew. A team that had nothing to do hears nothing; one that was reminded is thanked, or reads that
 * nothing of its own is left, where others moved it. Who asked for a day is
 * reminded on it, also where the last reminder was the last of all. Where nobody has answered any of them, that is said, once.
 */
export function nextForTeam(before: TeamState | undefined, look: Look, policy: NudgePolicy): NextForTeam {
  const { own, fresh, open, nowMs } = look
  const now = { old: oldIn(own), listed: listedOf(own) }
  if (!before) {
    if (now.old === 0 || !open) return { state: undefined, send: null }
    return { state: { toldAtMs: nowMs, nudges: 0, lastMs: nowMs, ...now, newAtTold: fresh }, send: 'told' }
  }
  const state = seen(before, now, look)
  if (now.old === 0) return finished(state, look)
  return open && isPause(state, look, policy) ? afterPause(state, look, policy) : { state, send: null }
}

/** Where nobody is ever nudged, nobody is silent either. */
function afterPause(state: TeamState, { held, nowMs }: Look, policy: NudgePolicy): NextForTeam {
  if (policy.max === 0) return { state, send: null }
  if (isWanted(state, policy)) return held ? { state, send: null, isHeld: true } : nudged(state, nowMs)
  if (state.silentAtMs !== undefined || unansweredOf(state) < policy.max) return { state, send: null }
  return { state: { ...state, silentAtMs: nowMs }, send: 'silent' }
}

function nudged(state: TeamState, nowMs: number): NextForTeam {
  const unanswered = unansweredOf(state) + 1
  return { state: { ...state, nudges: state.nudges + 1, lastMs: nowMs, unanswered }, send: 'nudge' }
}

/** How many nudges in a row got neither a click nor a redeploy. */
function unansweredOf({ unanswered, answers, movedAtMs, nudges }: TeamState): number {
  return unanswered ?? (answers || movedAtMs ? 0 : nudges)
}

/** Is the nudge that was sent last one to mention the contact in? */
export function mentionsContact(sent: TeamState, { max }: Pick<NudgePolicy, 'max'>): boolean {
  return unansweredOf(sent) > Math.min(QUIET_NUDGES, max - 1)
}

/** Something that is left ends what was done. */
function seen(before: TeamState, now: Pick<TeamState, 'old' | 'listed'>, look: Look): TeamState {
  const { doneAtMs, goneAtMs = look.nowMs, ...rest } = before
  const movedAtMs = redeployedMs(before, look)
  const state = { ...rest, ...now, ...(movedAtMs === null ? {} : { movedAtMs, unanswered: 0 }) }
  return now.old > 0 ? state : { ...state, goneAtMs, ...(doneAtMs === undefined ? {} : { doneAtMs }) }
}

/** Nobody is told outside of working hours. */
function finished(state: TeamState, look: Look): NextForTeam {
  const { nudges, thanked = 0 } = state
  if (look.disowned || look.unknown > 0 || state.doneAtMs !== undefined) return { state, send: null }
  const done = { ...state, doneAtMs: look.nowMs, thanked: nudges }
  if (nudges === thanked) return { state: done, send: null }
  const send = look.open ? lastWord(state, look) : null
  return send ? { state: done, send } : { state, send }
}

/** Who moved nothing is not thanked: their nudge is closed, once it is known that nothing comes back. */
function lastWord(state: TeamState, look: Look): 'done' | 'closed' | null {
  if (hasMoved(state, look)) return 'done'
  return look.nowMs - (state.goneAtMs ?? look.nowMs) >= SETTLED_MS ? 'closed' : null
}

/** Or has what it had only been given to another team, or to nobody? */
function hasMoved({ newAtTold = 0 }: TeamState, { fresh, byLabelToo }: Look): boolean {
  return byLabelToo || fresh > newAtTold
}

/** Was nothing said for an interval, nor redeployed, and is it the day that was asked for? */
function isPause(state: TeamState, { nowMs, day }: Look, { everyMs }: NudgePolicy): boolean {
  const { lastMs, movedAtMs = 0, snoozedUntil = '' } = state
  return day >= snoozedUntil && nowMs - Math.max(lastMs, movedAtMs) >= everyMs
}

function isWanted({ nudges, promisedAfter }: TeamState, { max }: NudgePolicy): boolean {
  return nudges < max || nudges === promisedAfter
}
