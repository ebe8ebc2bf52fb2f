import type { TextNode } from './nodes.ts'

type Inline = (text: string) => TextNode[]
type Line = { readonly kind: 'quote' | 'bullet' | 'ordered' | 'heading' | 'plain'; readonly text: string }

export type LineRules = {
  readonly inline: Inline
  readonly quote: RegExp
  readonly bullet: RegExp
  readonly ordered: RegExp
  readonly heading: RegExp | null
  /** What a character stands for in preformatted text. */
  readonly literal: (text: string) => string
}

/** Reads preformatted parts first, then quotes, lists and headings line by line, then what stands within the lines. */
export function parseLines(text: string, rules: LineRules): TextNode[] {
  return text.split(/```/).flatMap((part, index, all): TextNode[] => {
    const isPre = index % 2 === 1 && index < all.length - 1
    if (isPre) return [{ kind: 'pre', text: rules.literal(part.replace(/^\w*\n/, '').replace(/\n$/, '')) }]
    // A fence without its end is text like any other.
    const fence = index % 2 === 1 ? '```' : ''
    const trimmed = part.replace(index > 0 && fence === '' ? /^\n/ : /^$/, '')
    return drawnLines(`${fence}${index < all.length - 1 ? trimmed.replace(/\n$/, '') : trimmed}`, rules)
  })
}

function drawnLines(text: string, rules: LineRules): TextNode[] {
  if (text === '') return []
  const groups: Line[][] = []
  for (const line of text.split('\n').map((one) => lineOf(one, rules))) {
    const last = groups.at(-1)
    if (last?.[0]?.kind === line.kind && line.kind !== 'heading') last.push(line)
    else groups.push([line])
  }
  return groups.flatMap((group) => groupNodes(group, rules.inline))
}

function lineOf(line: string, rules: LineRules): Line {
  const { quote, bullet, ordered, heading } = rules
  if (heading?.test(line)) return { kind: 'heading', text: line.replace(heading, '') }
  if (quote.test(line)) return { kind: 'quote', text: line.replace(quote, '') }
  if (bullet.test(line)) return { kind: 'bullet', text: line.replace(bullet, '') }
  return ordered.test(line) ? { kind: 'ordered', text: line.replace(ordered, '') } : { kind: 'plain', text: line }
}

function groupNodes(group: readonly Line[], inline: Inline): TextNode[] {
  const kind = group[0]?.kind ?? 'plain'
  const texts = group.map(({ text }) => text)
  if (kind === 'bullet' || kind === 'ordered') {
    return [{ kind: 'list', ordered: kind === 'ordered', items: texts.map(inline) }]
  }
  const children = inline(texts.join('\n'))
  return kind === 'quote' || kind === 'heading' ? [{ kind, children }] : children
}
