/** The row of a day: when it was saved last, in ms by the calendar, and with how many pods on an old sidecar; null before it was. */
export type DayRow = { readonly savedAtMs: number; readonly savedOld: number | null }

/**
 * Is the day's row to be saved now? At once on a new day and when the last pod has moved, then every `everyMs`, so that the last one is
 * the day's last look. An upgrade may end as soon as nobody is left, and its numbers are those of the last row.
 */
export function isRowDue({ savedAtMs, savedOld }: DayRow, old: number, nowMs: number, everyMs: number): boolean {
  return (old === 0 && savedOld !== 0) || nowMs - savedAtMs >= everyMs
}
