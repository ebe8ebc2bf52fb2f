/**
 * Tells once at the first call and then whenever everything was forgotten. What could not be told is owed until it is: the
 * sign that it was forgotten is given only once.
 */
export function untilTold(wasForgotten: () => Promise<boolean>, tell: () => Promise<void>): () => Promise<void> {
  let owed = true
  return async () => {
    owed = (await wasForgotten()) || owed
    if (!owed) return
    await tell()
    owed = false
  }
}
