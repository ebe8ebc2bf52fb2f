import { cut } from '../limits.ts'
import type { Block, Card } from './blocks.ts'
import { preformatted } from './lists.ts'

/**
 * Blocks that Slack rolls out workspace by workspace and may refuse where it does not have them yet. @slack/types does not
 * know the chart.
 */
const NATIVE: readonly string[] = ['data_visualization', 'data_table', 'table']

/** What the text of one block may be at most: the rest of the card keeps its room. */
const TEXT_LENGTH = 1500

export function hasNativeBlocks(card: Card): boolean {
  return card.blocks.some(({ type }) => NATIVE.includes(type))
}

/**
 * The card with each native chart or table as text, everything else (buttons above all) as it was. The view's own text is
 * taken where it gave one for that block's id; else what the block itself holds.
 */
export function withoutNativeBlocks(card: Card): Card {
  return { ...card, blocks: card.blocks.flatMap((block) => asText(card, block)) }
}

function asText({ instead }: Card, block: Block): Block[] {
  if (!NATIVE.includes(block.type)) return [block]
  const own = instead?.[block.block_id ?? '']
  if (own) return [...own]
  const lines = linesOf(block)
  return lines.length > 0 ? [preformatted(cut(lines.join('\n'), TEXT_LENGTH))] : []
}

/** A chart is a title and points, a table a caption and rows; read without trust in their exact form. */
function linesOf(block: object): readonly string[] {
  const { title, caption, rows, chart } = block as Readonly<Record<string, unknown>>
  return [wordsIn(title ?? caption), ...listOf(rows).map(rowOf), ...pointsOf(chart)].filter((line) => line !== '')
}

function rowOf(row: unknown): string {
  return listOf(row).map(wordsIn).join(' | ')
}

function pointsOf(chart: unknown): readonly string[] {
  const { series, segments } = recordOf(chart)
  const lines = listOf(series).map((one) => {
    const { name, data } = recordOf(one)
    return `${wordsIn(name)}: ${listOf(data).map(pointOf).join(', ')}`
  })
  return [...lines, ...listOf(segments).map(pointOf)]
}

function pointOf(point: unknown): string {
  const { label, value } = recordOf(point)
  return `${wordsIn(label)} ${wordsIn(value)}`
}

/** The text of a cell or title, however deep its elements lie. */
function wordsIn(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return `${value}`
  const { text, value: number, elements } = recordOf(value)
  if (text !== undefined || number !== undefined) return wordsIn(text ?? number)
  return listOf(elements).map(wordsIn).join('')
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}
