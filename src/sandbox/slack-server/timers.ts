/** Timers that end with the server, so that close() leaves nothing behind. */
export type Timers = { readonly later: (ms: number, run: () => void) => () => void; readonly close: () => void }

export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>()
  return {
    later: (ms, run) => {
      const timer = setTimeout(() => {
        running.delete(timer)
        run()
      }, ms)
      running.add(timer)
      return () => {
        clearTimeout(timer)
        running.delete(timer)
      }
    },
    close: () => {
      for (const timer of running) clearTimeout(timer)
      running.clear()
    },
  }
}
