/** One line of the bench: what was measured, against its target. A row that could not be measured says why. */
export type Row = {
  readonly measure: string
  readonly unit: 'ms' | 'MB' | '%'
  readonly target: number
  readonly measured: number | null
  /** How it was measured, or why it was not. */
  readonly note: string
}

export type Bench = () => Promise<readonly Row[]>

/** The value below which `share` (0 to 1) of the samples lie: the nearest rank, never an interpolation. */
export function percentile(samples: readonly number[], share: number): number | null {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

/** Rows side by side with their targets; a ratio under 1 is within it. Nothing here ever fails on time. */
export function tableOf(rows: readonly Row[]): string {
  const cells = [['measure', 'target', 'measured', 'ratio', 'how'], ...rows.map(cellsOf)]
  const widths = cells[0]?.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0))) ?? []
  return cells
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cellsOf({ measure, unit, target, measured, note }: Row): readonly string[] {
  const digits = unit === 'ms' ? 0 : 1
  const wanted = `${Number(target.toFixed(digits))} ${unit}`
  if (measured === null) return [measure, wanted, '-', '-', note]
  return [measure, wanted, `${measured.toFixed(digits)} ${unit}`, (measured / target).toFixed(2), note]
}
