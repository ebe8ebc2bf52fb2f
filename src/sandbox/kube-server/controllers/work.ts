/** How long one turn may take before others (HTTP requests above all) get theirs. */
const TURN_MS = 15

export type Work = {
  /** Does this in a later turn; asked again under the same key before that, it is still done once. */
  readonly soon: (key: string, act: () => void) => void
  /**
   * Does this after so many ms of machine time; under one key only the last asked for. `settled` waits for it where
   * `awaited`; not for what may be tried again for ever.
   */
  readonly later: (key: string, ms: number, awaited: boolean, act: () => void) => void
  /** Resolves when nothing is left to do and nothing awaited is on its way. */
  readonly settled: () => Promise<void>
  readonly stop: () => void
}

type Timer = { readonly handle: NodeJS.Timeout; readonly awaited: boolean }

/** A queue of things to do, each once, a few at a time between the requests that the server answers. */
export function newWork(): Work {
  const queue = new Map<string, () => void>()
  const timers = new Map<string, Timer>()
  const waiting: (() => void)[] = []
  let turn: NodeJS.Immediate | undefined
  let stopped = false

  const isIdle = (): boolean => queue.size === 0 && ![...timers.values()].some((timer) => timer.awaited)
  const tellIfIdle = (): void => {
    if (waiting.length > 0 && (stopped || isIdle())) for (const tell of waiting.splice(0)) tell()
  }
  const runTurn = (): void => {
    turn = undefined
    const until = performance.now() + TURN_MS
    for (const [key, act] of queue) {
      queue.delete(key)
      act()
      if (performance.now() > until) break
    }
    if (queue.size > 0) turn ??= setImmediate(runTurn)
    tellIfIdle()
  }
  const soon = (key: string, act: () => void): void => {
    if (stopped) return
    if (!queue.has(key)) queue.set(key, act)
    turn ??= setImmediate(runTurn)
  }
  const later: Work['later'] = (key, ms, awaited, act) => {
    if (stopped) return
    clearTimeout(timers.get(key)?.handle)
    const due = (): void => {
      timers.delete(key)
      soon(key, act)
    }
    timers.set(key, { handle: setTimeout(due, ms).unref(), awaited })
  }
  return {
    soon,
    later,
    settled: () => (stopped || isIdle() ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    stop: () => {
      stopped = true
      if (turn) clearImmediate(turn)
      for (const { handle } of timers.values()) clearTimeout(handle)
      queue.clear()
      timers.clear()
      tellIfIdle()
    },
  }
}
