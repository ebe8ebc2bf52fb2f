export type Backoff = {
  readonly tries: number
  /** Milliseconds before the second try; doubled each time, with up to half of it as jitter. */
  readonly firstMs: number
  readonly maxMs: number
}

/**
 * Calls `act` until it succeeds, `again` says no, or the tries are used up; then throws the last error. `again` decides
 * which errors are worth another try: a refusal isn't, a broken connection is.
 */
export async function withRetry<T>(
  backoff: Backoff,
  again: (error: unknown) => boolean,
  act: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await act()
    } catch (error) {
      if (attempt >= backoff.tries || !again(error)) throw error
      await sleep(delayMs(backoff, attempt))
    }
  }
}

/** Resolves after `ms`, or at once when the signal is aborted. Never rejects. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end, { once: true })
  })
}

/** The wait after the `attempt`-th try failed, in ms: doubled each time up to `maxMs`, half of it by chance. */
export function delayMs(backoff: Pick<Backoff, 'firstMs' | 'maxMs'>, attempt: number): number {
  const base = Math.min(backoff.maxMs, backoff.firstMs * 2 ** (attempt - 1))
  return base / 2 + (Math.random() * base) / 2
}
