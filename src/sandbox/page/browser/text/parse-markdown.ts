import { inlineParser, type Mark } from './inline.ts'
import { isSafeUrl, type TextNode } from './nodes.ts'
import { parseLines } from './parse-lines.ts'

const marks: readonly Mark[] = [
  { pattern: /`([^`\n]+)`/, read: (match) => [{ kind: 'code', text: match[1] ?? '' }] },
  {
    pattern: /\[([^\]\n]+)\]\(([^)\s]+)\)/,
    read: (match, inside): TextNode[] => {
      const children = inside(match[1] ?? '')
      const url = match[2] ?? ''
      return isSafeUrl(url) ? [{ kind: 'link', url, children }] : children
    },
  },
  { pattern: /\*\*([^\n]+?)\*\*/, read: (match, inside) => [{ kind: 'bold', children: inside(match[1] ?? '') }] },
  { pattern: /~~([^\n]+?)~~/, read: (match, inside) => [{ kind: 'strike', children: inside(match[1] ?? '') }] },
  {
    pattern: /(?<![\w*])[*_]([^\s*_](?:[^\n*_]*[^\s*_])?)[*_](?!\w)/,
    read: (match, inside) => [{ kind: 'italic', children: inside(match[1] ?? '') }],
  },
  { pattern: /:([a-z0-9_+-]+):/, read: (match) => [{ kind: 'emoji', name: match[1] ?? '' }] },
]

const inline = inlineParser(marks, (text) => text)

/** The Markdown that a `markdown` block carries, as a tree. Tables in it stay as they were written. */
export function parseMarkdown(text: string): TextNode[] {
  return parseLines(text, {
    inline,
    quote: /^> ?/,
    bullet: /^ *[-*+] +/,
    ordered: /^ *\d{1,3}[.)] +/,
    heading: /^#{1,6} +/,
    literal: (one) => one,
  })
}
