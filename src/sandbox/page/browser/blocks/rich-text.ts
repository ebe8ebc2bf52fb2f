import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { objectOf, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import { drawText, type Drawn } from '../text/draw-text.ts'
import { isSafeUrl, type TextNode } from '../text/nodes.ts'
import type { Show } from './show.ts'

export function drawRichText(block: Json, show: Show): VNode {
  return html`<div class="words block-rich">${objectsOf(block['elements']).map((part) => drawPart(part, show))}</div>`
}

function drawPart(part: Json, show: Show): Drawn {
  const inside = (): Drawn[] => objectsOf(part['elements']).map((item) => drawInline(item, show))
  switch (part['type']) {
    case 'rich_text_list': {
      const items = objectsOf(part['elements']).map((item) => html`<li>${drawPart(item, show)}</li>`)
      const indent = `indent-${typeof part['indent'] === 'number' ? part['indent'] : 0}`
      return part['style'] === 'ordered'
        ? html`<ol class=${indent}>
            ${items}
          </ol>`
        : html`<ul class=${indent}>
            ${items}
          </ul>`
    }
    case 'rich_text_quote':
      return html`<blockquote>${inside()}</blockquote>`
    case 'rich_text_preformatted':
      return html`<pre tabindex="0">${inside()}</pre>`
    default:
      return html`<span>${inside()}</span>`
  }
}

function drawInline(item: Json, show: Show): Drawn {
  const node = nodeOf(item)
  const style = objectOf(item['style'])
  const plain: Drawn[] =
    style['code'] === true ? [html`<code>${drawText([node], show)}</code>`] : drawText([node], show)
  const wrap = wrappings.filter(([key]) => style[key] === true)
  const drawn = wrap.reduce<Drawn[]>((inner, [, around]) => [around(inner)], plain)
  return drawn[0] ?? ''
}

const wrappings: readonly (readonly [string, (inner: Drawn[]) => VNode])[] = [
  ['bold', (inner) => html`<strong>${inner}</strong>`],
  ['italic', (inner) => html`<em>${inner}</em>`],
  ['strike', (inner) => html`<s>${inner}</s>`],
  ['underline', (inner) => html`<u>${inner}</u>`],
  ['highlight', (inner) => html`<mark>${inner}</mark>`],
]

const readers: Readonly<Record<string, (item: Json) => TextNode>> = {
  text: (item) => ({ kind: 'text', text: textOf(item['text']) }),
  emoji: (item) => ({ kind: 'emoji', name: textOf(item['name']) }),
  user: (item) => ({ kind: 'user', id: textOf(item['user_id']) }),
  usergroup: (item) => ({ kind: 'group', id: textOf(item['usergroup_id']) }),
  channel: (item) => ({ kind: 'channel', id: textOf(item['channel_id']) }),
  broadcast: (item) => ({ kind: 'broadcast', range: textOf(item['range']) }),
  color: (item) => ({ kind: 'code', text: textOf(item['value']) }),
  team: (item) => ({ kind: 'text', text: textOf(item['team_id']) }),
  date: (item) => ({
    kind: 'date',
    at: Number(item['timestamp']),
    format: textOf(item['format']) || '{date} {time}',
    fallback: textOf(item['fallback']),
  }),
  link: (item) => {
    const url = textOf(item['url'])
    const text: TextNode = { kind: 'text', text: textOf(item['text']) || url }
    return isSafeUrl(url) ? { kind: 'link', url, children: [text] } : text
  },
}

function nodeOf(item: Json): TextNode {
  const read = readers[textOf(item['type'])]
  return read === undefined ? { kind: 'text', text: textOf(item['text']) } : read(item)
}
