import { Fragment, type VNode } from 'preact'
import { html } from 'htm/preact'
import { isObject, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import { drawText, drawTextObject } from '../text/draw-text.ts'
import { parseMarkdown } from '../text/parse-markdown.ts'
import { drawElement } from './draw-element.ts'
import { drawPicture } from './picture.ts'
import type { Show } from './show.ts'

export function drawHeader(block: Json, show: Show): VNode {
  return html`<h3 class="block-header">${drawTextObject(block['text'], show)}</h3>`
}

export function drawDivider(): VNode {
  return html`<hr class="block-divider" />`
}

export function drawSection(block: Json, show: Show): VNode {
  const fields = objectsOf(block['fields'])
  const accessory = block['accessory']
  return html`<div class="block-section">
    <div class="section-words">
      ${isObject(block['text']) && html`<div class="words">${drawTextObject(block['text'], show)}</div>`}
      ${
        fields.length > 0 &&
        html`<div class="fields">
          ${fields.map((field) => html`<div class="words field">${drawTextObject(field, show)}</div>`)}
        </div>`
      }
    </div>
    ${isObject(accessory) && html`<div class="accessory">${drawElement(accessory, textOf(block['block_id']), show)}</div>`}
  </div>`
}

export function drawContext(block: Json, show: Show): VNode {
  return html`<div class="block-context">
    ${objectsOf(block['elements']).map((item) =>
      item['type'] === 'image'
        ? drawPicture(item, 'context-picture')
        : html`<span class="words">${drawTextObject(item, show)}</span>`,
    )}
  </div>`
}

export function drawActions(block: Json, show: Show): VNode {
  const elements = objectsOf(block['elements'])
  return html`<div class="block-actions" role="group">
    ${elements.map((element) => keyed(element, drawElement(element, textOf(block['block_id']), show)))}
  </div>`
}

/** A button that goes must not turn into its neighbour under somebody's finger: focus would stay on it. */
function keyed(element: Json, drawn: VNode): VNode {
  return html`<${Fragment} key=${textOf(element['action_id'])}>${drawn}<//>`
}

export function drawImage(block: Json, show: Show): VNode {
  return html`<figure class="block-image">
    ${isObject(block['title']) && html`<figcaption>${drawTextObject(block['title'], show)}</figcaption>`}
    ${drawPicture(block, 'picture')}
  </figure>`
}

export function drawMarkdown(block: Json, show: Show): VNode {
  return html`<div class="words block-markdown">${drawText(parseMarkdown(textOf(block['text'])), show)}</div>`
}

export function drawAlert(block: Json, show: Show): VNode {
  const level = textOf(block['level']) || 'default'
  return html`<div class=${`block-alert alert-${level}`} role="note">${drawTextObject(block['text'], show)}</div>`
}

export function drawInput(block: Json, show: Show): VNode {
  const id = textOf(block['block_id'])
  const element = isObject(block['element']) ? block['element'] : {}
  const error = show.form?.errors[id]
  const field = `${show.key}-${id}`
  return html`<div key=${field} class=${error === undefined ? 'block-input' : 'block-input wrong'}>
    <label for=${field}>
      ${drawTextObject(block['label'], show)}
      ${block['optional'] === true && html`<span class="optional"> (optional)</span>`}
    </label>
    ${drawElement(element, id, show, { field, dispatches: block['dispatch_action'] === true })}
    ${isObject(block['hint']) && html`<p class="hint">${drawTextObject(block['hint'], show)}</p>`}
    ${error !== undefined && html`<p class="field-error" role="alert" id=${`${field}-error`}>${error}</p>`}
  </div>`
}
