/** A calendar that runs at its own speed from one moment on: what another process needs to tell the same time. */
export type CalendarState = {
  /** Calendar and machine, in epoch ms, at the same moment. */
  readonly calendarAt: number
  readonly machineAt: number
  /** Calendar ms that pass in one machine ms; 1 is real time, 0 stands still. */
  readonly speed: number
}

export type SandboxCalendar = {
  readonly now: () => number
  /** What it said at this machine time, epoch ms; before its start as if it had run in real time. */
  readonly at: (machineAt: number) => number
  readonly state: () => CalendarState
  readonly setSpeed: (speed: number) => void
  /** Told of each change of speed; the result ends it. */
  readonly listen: (listener: (state: CalendarState) => void) => () => void
}

/** What the calendar says at this machine time (epoch ms). */
export function calendarTime(state: CalendarState, machineNow: number): number {
  return Math.round(state.calendarAt + (machineNow - state.machineAt) * state.speed)
}

/** A calendar that begins at `startAt` in real time; it never runs backwards. */
export function newCalendar(startAt: number, machineNow: () => number): SandboxCalendar {
  let state: CalendarState = { calendarAt: startAt, machineAt: machineNow(), speed: 1 }
  const first = state
  const states = [first]
  const listeners = new Set<(state: CalendarState) => void>()
  const now = (): number => calendarTime(state, machineNow())
  return {
    now,
    at: (machineAt) => calendarTime(states.findLast((one) => one.machineAt <= machineAt) ?? first, machineAt),
    state: () => state,
    setSpeed: (speed) => {
      if (!(speed >= 0)) throw new RangeError(`no speed of a calendar: ${speed}`)
      state = { calendarAt: now(), machineAt: machineNow(), speed }
      states.push(state)
      for (const listener of listeners) listener(state)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
