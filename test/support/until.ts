/** Waits until it is so; for what the channel doesn't tell. */
export async function until(seen: () => unknown, withinMs = 60_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!(await seen())) {
    if (Date.now() > end) throw new Error(`not seen within ${withinMs} ms: ${seen.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
