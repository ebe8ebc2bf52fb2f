/** A source of the time. Pure code never asks it: it gets `now` as an argument. */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number
}

/**
 * The two clocks of design.md §5. The calendar (digest, expiry, windows, deadlines) may be sped up by the sandbox; the
 * machine clock (Lease, request age, retries, the 10 s alarm) never is.
 */
export type Clocks = { readonly calendar: Clock; readonly machine: Clock }

export const systemClock: Clock = { now: () => Date.now() }

/** Stored times are UTC ISO strings with milliseconds; `now` in code is epoch ms. */
export function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString()
}

/** Epoch ms of a stored time. Throws a RangeError for text that is not a time, so a broken record is never read as 1970. */
export function epochOf(iso: string): number {
  const ms = Date.parse(iso)
  if (Number.isNaN(ms)) throw new RangeError(`not a time: ${iso}`)
  return ms
}
