import { inlineParser, type Mark } from './inline.ts'
import { isSafeUrl, type TextNode } from './nodes.ts'
import { parseLines } from './parse-lines.ts'

/** The three characters that Slack wants escaped (docs.slack.dev/messaging/formatting-message-text). */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

const edge = String.raw`(?<![\p{L}\p{N}])`
const after = String.raw`(?![\p{L}\p{N}])`

function styled(sign: string, kind: 'bold' | 'italic' | 'strike'): Mark {
  const escaped = sign.replace('*', String.raw`\*`)
  const inside = String.raw`([^\s${escaped}](?:[^\n${escaped}]*[^\s${escaped}])?)`
  return {
    pattern: new RegExp(`${edge}${escaped}${inside}${escaped}${after}`, 'u'),
    read: (match, inline) => [{ kind, children: inline(match[1] ?? '') }],
  }
}

const marks: readonly Mark[] = [
  { pattern: /`([^`\n]+)`/, read: (match) => [{ kind: 'code', text: unescaped(match[1] ?? '') }] },
  { pattern: /<([^<>\n]+)>/, read: (match) => [bracketed(match[1] ?? '')] },
  { pattern: /:([a-z0-9_+-]+):/, read: (match) => [{ kind: 'emoji', name: match[1] ?? '' }] },
  styled('*', 'bold'),
  styled('_', 'italic'),
  styled('~', 'strike'),
]

const inline = inlineParser(marks, unescaped)

/** Slack's own markup as a tree; never fails: what it can't read stays text. */
export function parseMrkdwn(text: string): TextNode[] {
  return parseLines(text, {
    inline,
    quote: /^(&gt;|>) ?/,
    bullet: /^ *[•▪◦-] +/,
    ordered: /^ *\d{1,3}\. +/,
    heading: null,
    literal: unescaped,
  })
}

/** Plain text of a text object: only emoji names and line breaks mean anything in it. */
export const parsePlain = inlineParser(
  [{ pattern: /:([a-z0-9_+-]+):/, read: (match) => [{ kind: 'emoji', name: match[1] ?? '' }] }],
  (text) => text,
)

/** What stands in angle brackets: a mention, a date, or a link with its label. */
function bracketed(inside: string): TextNode {
  const cut = inside.indexOf('|')
  const target = cut < 0 ? inside : inside.slice(0, cut)
  const label = cut < 0 ? '' : unescaped(inside.slice(cut + 1))
  return mention(target) ?? date(target, label) ?? special(target) ?? link(unescaped(target), label)
}

const mentions: readonly (readonly [RegExp, 'user' | 'group' | 'channel'])[] = [
  [/^@([UW][A-Z0-9]+)$/, 'user'],
  [/^!subteam\^(S[A-Z0-9]+)$/, 'group'],
  [/^#([CG][A-Z0-9]+)$/, 'channel'],
]

function mention(target: string): TextNode | null {
  for (const [pattern, kind] of mentions) {
    const id = pattern.exec(target)?.[1]
    if (id !== undefined) return { kind, id }
  }
  return null
}

function date(target: string, fallback: string): TextNode | null {
  const match = /^!date\^(\d+)\^([^^]+)/.exec(target)
  if (match === null) return null
  return { kind: 'date', at: Number(match[1]), format: unescaped(match[2] ?? ''), fallback }
}

function special(target: string): TextNode | null {
  const range = /^!(channel|here|everyone)$/.exec(target)?.[1]
  return range === undefined ? null : { kind: 'broadcast', range }
}

function link(url: string, label: string): TextNode {
  const text: TextNode = { kind: 'text', text: label === '' ? url.replace(/^mailto:/, '') : label }
  return isSafeUrl(url) ? { kind: 'link', url, children: [text] } : text
}
