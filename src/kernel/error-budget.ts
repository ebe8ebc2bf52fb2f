import { parseDuration } from './durations.ts'

/** How large a share of the requests of a window may fail. */
export type ErrorBudget = { readonly share: number; readonly windowMs: number }

/** `0.1% over 5m` as share and window; null for anything else, and for a share over 50 %. */
export function parseErrorBudget(text: string): ErrorBudget | null {
  const [, percent, window] = /^(\d+(?:\.\d+)?)\s*% over (\S+)$/.exec(text.trim()) ?? []
  if (percent === undefined || window === undefined) return null
  const windowMs = parseDuration(window) ?? 0
  return windowMs > 0 && Number(percent) <= 50 ? { share: Number(percent) / 100, windowMs } : null
}

/** How many of the requests of a whole window may fail, at one each `everyMs`: whole requests, rounded down. */
export function allowedFailures({ share, windowMs }: ErrorBudget, everyMs: number): number {
  // Rounding errors must not take the last allowed one: 0.01 × 300 is 3.
  return Math.floor((share * windowMs) / everyMs + 1e-9)
}
