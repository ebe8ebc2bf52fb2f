import type { SandboxCalendar } from '../clock/calendar.ts'

/** Longer waits overflow a timer. */
const LONGEST_MS = 2 ** 31 - 1

export type DueTimer = { readonly rearm: () => void; readonly stop: () => void }

/**
 * Calls `act` once the calendar has reached `dueAt()` (null: never), at whatever speed it runs, and then waits for the
 * next. There is one timer at a time. An act that throws ends the process, as any timer's does.
 */
export function startDueTimer(calendar: SandboxCalendar, dueAt: () => number | null, act: () => void): DueTimer {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  const fire = (): void => {
    const due = dueAt()
    if (due !== null && due <= calendar.now()) act()
    rearm()
  }
  const rearm = (): void => {
    clearTimeout(timer)
    const due = dueAt()
    const { speed } = calendar.state()
    if (stopped || due === null) return
    const left = Math.max(0, due - calendar.now())
    // What is due is due, though the calendar stands still now.
    if (left > 0 && speed === 0) return
    timer = setTimeout(fire, left === 0 ? 0 : Math.min(LONGEST_MS, Math.ceil(left / speed)))
  }
  const unlisten = calendar.listen(rearm)
  rearm()
  return {
    rearm,
    stop: () => {
      stopped = true
      unlisten()
      clearTimeout(timer)
    },
  }
}
