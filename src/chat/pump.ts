/** Works on many messages at once, but on each one by one; each look says when the next is due. */
export type Pump = {
  /** Looks now, or once more after the look that is under way. */
  readonly kick: (message: string) => void
  readonly waits: (message: string) => boolean
  readonly stop: () => Promise<void>
}

export function pumpOf(look: (message: string) => Promise<number | null>): Pump {
  const working = new Map<string, Promise<void>>()
  const waiting = new Map<string, NodeJS.Timeout>()
  const asked = new Set<string>()
  let stopped = false

  const later = (message: string, ms: number): void => {
    if (stopped) return
    clearTimeout(waiting.get(message))
    const timer = setTimeout(() => kick(message), ms)
    waiting.set(message, timer)
  }
  const kick = (message: string): void => {
    if (stopped) return
    if (working.has(message)) {
      asked.add(message)
      return
    }
    clearTimeout(waiting.get(message))
    waiting.delete(message)
    const job = look(message).then((again) => {
      working.delete(message)
      const next = asked.delete(message) ? 0 : again
      if (next !== null) later(message, next)
    })
    working.set(message, job)
  }
  return {
    kick,
    waits: (message) => waiting.has(message) || working.has(message),
    stop: async () => {
      stopped = true
      for (const timer of waiting.values()) clearTimeout(timer)
      await Promise.all(working.values())
    },
  }
}
