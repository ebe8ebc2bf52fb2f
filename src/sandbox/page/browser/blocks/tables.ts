import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { isObject, listOf, objectOf, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import type { Drawn } from '../text/draw-text.ts'
import { drawRichText } from './rich-text.ts'
import type { Show } from './show.ts'

export function drawTable(block: Json, show: Show): VNode {
  const settings = listOf(block['column_settings']).map(objectOf)
  return drawRows(listOf(block['rows']), show, { settings, rowHeader: null, caption: null })
}

export function drawDataTable(block: Json, show: Show): VNode {
  const index = block['row_header_column_index']
  return drawRows(listOf(block['rows']), show, {
    settings: [],
    rowHeader: typeof index === 'number' ? index : 0,
    caption: textOf(block['caption']),
  })
}

type Look = { readonly settings: readonly Json[]; readonly rowHeader: number | null; readonly caption: string | null }

function drawRows(rows: readonly unknown[], show: Show, look: Look): VNode {
  const [head = [], ...body] = rows.map(objectsOf)
  // Numbers stand at the right where the first row of data is one.
  const align = head.map((_, column) => alignOf(look.settings[column], body[0]?.[column]))
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${look.caption || 'Table'}>
    <table class="block-table">
      ${
        look.caption !== null &&
        html`<caption>
          ${look.caption}
        </caption>`
      }
      <thead>
        <tr>
          ${head.map((cell, column) => html`<th scope="col" class=${align[column]}>${drawCell(cell, show)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(
          (row) =>
            html`<tr>
              ${row.map((cell, column) => drawBodyCell(cell, show, align[column], column === look.rowHeader))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}

function drawBodyCell(cell: Json, show: Show, align: string | undefined, isHeader: boolean): VNode {
  const drawn = drawCell(cell, show)
  return isHeader ? html`<th scope="row" class=${align}>${drawn}</th>` : html`<td class=${align}>${drawn}</td>`
}

function alignOf(settings: Json | undefined, cell: Json | undefined): string {
  const wanted = textOf(settings?.['align'])
  if (wanted !== '') return `align-${wanted}`
  return cell?.['type'] === 'raw_number' ? 'align-right' : 'align-left'
}

function drawCell(cell: Json, show: Show): Drawn {
  if (!isObject(cell)) return ''
  if (cell['type'] === 'rich_text') return drawRichText(cell, show)
  const text = textOf(cell['text'])
  return text === '' && typeof cell['value'] === 'number' ? String(cell['value']) : text
}
