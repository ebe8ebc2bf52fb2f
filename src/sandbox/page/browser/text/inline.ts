import type { TextNode } from './nodes.ts'

/** One thing that may stand within a line: where it is, and what it means. */
export type Mark = {
  readonly pattern: RegExp
  readonly read: (match: RegExpExecArray, inline: (text: string) => TextNode[]) => TextNode[]
}

/** Reads the marks of a text, the leftmost first, and inside of it again where the mark says so. */
export function inlineParser(marks: readonly Mark[], literal: (text: string) => string): (text: string) => TextNode[] {
  const plain = (text: string): TextNode[] =>
    literal(text)
      .split('\n')
      .flatMap((line, index): TextNode[] => [
        ...(index > 0 ? [{ kind: 'break' } as const] : []),
        ...(line === '' ? [] : [{ kind: 'text', text: line } as const]),
      ])
  const inline = (text: string): TextNode[] => {
    const nodes: TextNode[] = []
    let rest = text
    for (let found = leftmost(marks, rest); found !== null; found = leftmost(marks, rest)) {
      const { match, mark } = found
      nodes.push(...plain(rest.slice(0, match.index)), ...mark.read(match, inline))
      rest = rest.slice(match.index + match[0].length)
    }
    return [...nodes, ...plain(rest)]
  }
  return inline
}

function leftmost(marks: readonly Mark[], text: string): { match: RegExpExecArray; mark: Mark } | null {
  const found = marks.flatMap((mark) => {
    const match = mark.pattern.exec(text)
    return match === null ? [] : [{ match, mark }]
  })
  return found.reduce<(typeof found)[number] | null>(
    (best, one) => (best === null || one.match.index < best.match.index ? one : best),
    null,
  )
}
