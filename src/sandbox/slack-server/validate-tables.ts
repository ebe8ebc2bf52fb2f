import { codePoints, isObject, textOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { addTotal, checkList, checkString, problem } from './validate-core.ts'
import type { Walk } from './validate-core.ts'
import { checkRichText } from './validate-rich-text.ts'

/** The `table` block: one per message, its first row the header. */
export function checkTable(walk: Walk, pointer: string, block: Json): void {
  if (addTotal(walk, 'tables', 1) > limits.table.perMessage)
    problem(walk, pointer, 'only one table is allowed per message')
  const rows = checkList(walk, pointer, block, 'rows', { max: limits.table.rows, required: true }) ?? []
  const columns = checkList(walk, pointer, block, 'column_settings', { max: limits.table.cells }) ?? []
  columns.forEach((column, i) => {
    if (column !== null && !isObject(column)) problem(walk, `${pointer}/column_settings/${i}`, 'must be an object')
  })
  const length = checkRows(walk, `${pointer}/rows`, rows, { cells: limits.table.cells, headerMayBeRich: true })
  if (length > limits.table.cellCharacters)
    problem(walk, `${pointer}/rows`, `no more than ${limits.table.cellCharacters} characters allowed`)
}

/** The `data_table` block: a caption, a header row of plain cells, and rows that are all as wide. */
export function checkDataTable(walk: Walk, pointer: string, block: Json): void {
  const rule = limits.dataTable
  checkString(walk, pointer, block, 'caption', { max: limits.textObject, required: true })
  const rows = checkList(walk, pointer, block, 'rows', { min: rule.minRows, max: rule.rows, required: true }) ?? []
  const length = checkRows(walk, `${pointer}/rows`, rows, { cells: rule.cells, headerMayBeRich: false })
  if (addTotal(walk, 'dataTableCharacters', length) > rule.charactersPerMessage) {
    problem(
      walk,
      `${pointer}/rows`,
      `no more than ${rule.charactersPerMessage} characters allowed in all data tables of a message`,
    )
  }
  const width = Array.isArray(rows[0]) ? rows[0].length : 0
  checkIndex(walk, pointer, block, 'page_size', 1, rule.pageSize)
  checkIndex(walk, pointer, block, 'row_header_column_index', 0, width - 1)
  rows.forEach((row, i) => {
    if (Array.isArray(row) && row.length !== width)
      problem(walk, `${pointer}/rows/${i}`, 'all rows must have the same number of cells')
  })
}

function checkIndex(walk: Walk, pointer: string, block: Json, key: string, min: number, max: number): void {
  const value = block[key]
  if (value === undefined) return
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
  if (!fits) problem(walk, `${pointer}/${key}`, `must be an integer between ${min} and ${max}`)
}

/** Checks every cell; answers with the number of characters in all of them. */
function checkRows(
  walk: Walk,
  pointer: string,
  rows: readonly unknown[],
  rule: { cells: number; headerMayBeRich: boolean },
): number {
  let length = 0
  rows.forEach((row, r) => {
    const at = `${pointer}/${r}`
    if (!Array.isArray(row)) return problem(walk, at, 'must be an array')
    if (row.length < 1 || row.length > rule.cells)
      problem(walk, at, `no more than ${rule.cells} items allowed, and at least one`)
    row.forEach((cell, c) => (length += checkCell(walk, `${at}/${c}`, cell, r > 0 || rule.headerMayBeRich)))
  })
  return length
}

function checkCell(walk: Walk, pointer: string, cell: unknown, mayBeRich: boolean): number {
  if (!isObject(cell)) return refuse(walk, pointer, 'must be an object')
  const type = textOf(cell['type'])
  if (type === 'rich_text' && mayBeRich) {
    checkRichText(walk, pointer, cell)
    return codePoints(JSON.stringify(cell['elements'] ?? ''))
  }
  if (type !== 'raw_text' && type !== 'raw_number')
    return refuse(walk, `${pointer}/type`, `unsupported cell type: ${type || 'none'}`)
  checkString(walk, pointer, cell, 'text', { max: Number.MAX_SAFE_INTEGER, required: type === 'raw_text' })
  if (type === 'raw_number' && typeof cell['value'] !== 'number') problem(walk, `${pointer}/value`, 'must be a number')
  return codePoints(textOf(cell['text']))
}

function refuse(walk: Walk, pointer: string, message: string): number {
  problem(walk, pointer, message)
  return 0
}
