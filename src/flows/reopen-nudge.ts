import type { TeamState } from '../wire/team-states.ts'

/** Is there an answer to the last reminder that can be taken back? */
export function isAnswered({ nudges, answeredNudge, thanked = 0 }: TeamState): boolean {
  return nudges > 0 && answeredNudge === nudges && nudges !== thanked
}

/** The state of a team that takes its answer back: reminded as before, of all that its last reminder named. */
export function reopened(state: TeamState): TeamState {
  const { snoozedUntil: _, promisedAfter: __, answeredNudge: ___, notOurs = [], shown, ...rest } = state
  const still = shown ? notOurs.filter((name) => !shown.includes(name)) : []
  return {
    ...rest,
    answers: (state.answers ?? 0) + 1,
    ...(shown ? { shown } : {}),
    ...(still.length > 0 ? { notOurs: still } : {}),
  }
}
