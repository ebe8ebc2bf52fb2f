/** Rows as lines with aligned columns, `gap` spaces between them, and the last one as long as it is. */
export function columns(rows: readonly (readonly string[])[], gap: number): string {
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length))
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(width(column) + gap))).join('')
  return rows.map(line).join('\n')
}
