/** What `act` gives, or null when it took longer than `ms`. Its late failure is dropped; an early one is thrown. */
export async function within<T>(ms: number, act: Promise<T>): Promise<{ readonly value: T } | null> {
  const timer = Promise.withResolvers<null>()
  const timeout = setTimeout(() => timer.resolve(null), ms)
  act.catch(() => undefined)
  try {
    return await Promise.race([act.then((value) => ({ value })), timer.promise])
  } finally {
    clearTimeout(timeout)
  }
}
