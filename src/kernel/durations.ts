const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of a spelled-out duration such as `10m`, `24h` or `28d`; null for anything else. */
export function parseDuration(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text.trim())
  if (!match) return null
  const unit = UNIT_MS[match[2] ?? '']
  return unit === undefined ? null : Number(match[1]) * unit
}
