import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { isObject, textOf } from '../../../slack-server/json.ts'
import { emojiOf } from './emoji.ts'
import { formatDate, type Reader } from './format-date.ts'
import type { TextNode } from './nodes.ts'
import { parseMrkdwn, parsePlain } from './parse-mrkdwn.ts'

/** Who is meant by an id, and who reads. */
export type Names = {
  readonly person: (id: string) => string
  readonly group: (id: string) => string
  readonly channel: (id: string) => string
  readonly reader: Reader
  /** Mentions of this person stand out. */
  readonly me: string
}

export type Drawn = VNode | string

/** A text object, or nothing where there is none. */
export function drawTextObject(text: unknown, names: Names): Drawn[] {
  if (!isObject(text)) return []
  const parse = text['type'] === 'mrkdwn' ? parseMrkdwn : parsePlain
  return drawText(parse(textOf(text['text'])), names)
}

export function drawText(nodes: readonly TextNode[], names: Names): Drawn[] {
  return nodes.map((node) => drawNode(node, names))
}

type Drawing<Kind extends TextNode['kind']> = (node: Extract<TextNode, { kind: Kind }>, names: Names) => Drawn

const drawings: { readonly [Kind in TextNode['kind']]: Drawing<Kind> } = {
  text: ({ text }) => text,
  break: () => html`<br />`,
  bold: ({ children }, names) => html`<strong>${drawText(children, names)}</strong>`,
  italic: ({ children }, names) => html`<em>${drawText(children, names)}</em>`,
  strike: ({ children }, names) => html`<s>${drawText(children, names)}</s>`,
  heading: ({ children }, names) => html`<p class="text-heading">${drawText(children, names)}</p>`,
  quote: ({ children }, names) => html`<blockquote>${drawText(children, names)}</blockquote>`,
  // A bar of block characters is a picture, not code.
  code: ({ text }) => html`<code class=${/^[█▓▒░ ]+$/.test(text) ? 'meter' : undefined}>${text}</code>`,
  pre: ({ text }) => html`<pre tabindex="0">${text}</pre>`,
  list: ({ ordered, items }, names) => {
    const drawn = items.map((item) => html`<li>${drawText(item, names)}</li>`)
    return ordered
      ? html`<ol>
          ${drawn}
        </ol>`
      : html`<ul>
          ${drawn}
        </ul>`
  },
  link: ({ url, children }, names) => {
    return html`<a href=${url} target="_blank" rel="noreferrer noopener">${drawText(children, names)}</a>`
  },
  user: ({ id }, names) => {
    return html`<span class=${id === names.me ? 'mention mention-me' : 'mention'}>@${names.person(id)}</span>`
  },
  group: ({ id }, names) => html`<span class="mention">@${names.group(id)}</span>`,
  channel: ({ id }, names) => html`<span class="mention">#${names.channel(id)}</span>`,
  broadcast: ({ range }) => html`<span class="mention mention-me">@${range}</span>`,
  emoji: ({ name }) => {
    const picture = emojiOf(name)
    return picture === null
      ? `:${name}:`
      : html`<span role="img" aria-label=${name.replaceAll('_', ' ')}>${picture}</span>`
  },
  date: ({ at, format, fallback }, { reader }) => {
    return html`<time datetime=${new Date(at * 1000).toISOString()} title=${fallback}
      >${formatDate(at * 1000, format, reader)}</time
    >`
  },
}

function drawNode(node: TextNode, names: Names): Drawn {
  // Each kind has its own drawing, which the compiler can't see through the union.
  const draw = drawings[node.kind] as Drawing<TextNode['kind']>
  return draw(node, names)
}
