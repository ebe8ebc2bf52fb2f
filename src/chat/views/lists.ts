import type { RichTextBlock, RichTextElement } from '@slack/types'
import { datedParts, type DatedPart } from '../escape.ts'
import { cut, LIMITS } from '../limits.ts'

/** A bulleted list of plain text: nothing in it is parsed, so it is the place for foreign strings; times are in the reader's zone. */
export function bullets(items: readonly string[], max: number): RichTextBlock[] {
  if (items.length === 0) return []
  const elements = items.map((text) => ({
    type: 'rich_text_section' as const,
    elements: datedParts(cut(text, max)).map(elementOf),
  }))
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] }]
}

function elementOf(part: string | DatedPart): RichTextElement {
  if (typeof part === 'string') return { type: 'text', text: part }
  const { ms, format, fallback } = part
  return { type: 'date', timestamp: ms / 1000, format, fallback }
}

/** What somebody wrote, as a quote in which nothing is parsed. */
export function quote(title: string, text: string, max: number): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ type: 'text', text: title, style: { bold: true } }] },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: cut(text, max) }] },
    ],
  }
}

/** Exact text in code font: command lines and patches. */
export function preformatted(text: string): RichTextBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: cut(text, LIMITS.preformatted) }] }],
  }
}
