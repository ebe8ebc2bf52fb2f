import type { RichTextBlock } from '@slack/types'
import { cut, LIMITS } from '../limits.ts'

/** A bulleted list of plain text: nothing in it is parsed, so it is the place for foreign strings. */
export function bullets(items: readonly string[], max: number): RichTextBlock[] {
  if (items.length === 0) return []
  const elements = items.map((text) => ({
    type: 'rich_text_section' as const,
    elements: [{ type: 'text' as const, text: cut(text, max) }],
  }))
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] }]
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
