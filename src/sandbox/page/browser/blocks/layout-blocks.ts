import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { isObject, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import { drawText, drawTextObject } from '../text/draw-text.ts'
import { parsePlain } from '../text/parse-mrkdwn.ts'
import { drawPicture } from './picture.ts'
import { drawElement } from './draw-element.ts'
import { drawRichText } from './rich-text.ts'
import type { Show } from './show.ts'

type Inner = (block: Json, show: Show) => VNode

/** Blocks in a frame with a title, which can be closed where the block says so. */
export function drawContainer(block: Json, show: Show, inner: Inner): VNode {
  const rich = block['rich_text_title']
  const title = isObject(rich) ? drawRichText(rich, show) : drawTextObject(block['title'], show)
  const subtitle = isObject(block['subtitle'])
    ? html`<span class="container-subtitle">${drawTextObject(block['subtitle'], show)}</span>`
    : null
  const children = objectsOf(block['child_blocks']).map((child) => inner(child, show))
  if (block['is_collapsible'] !== true) {
    return html`<section class="block-container">
      <div class="container-title">${title}${subtitle}</div>
      <div class="container-body">${children}</div>
    </section>`
  }
  return html`<details class="block-container" open=${block['default_collapsed'] !== true}>
    <summary class="container-title">${title}${subtitle}</summary>
    <div class="container-body">${children}</div>
  </details>`
}

export function drawCard(block: Json, show: Show): VNode {
  const hero = block['hero_image']
  const icon = block['icon']
  const buttons = objectsOf(block['actions'])
  return html`<article class="block-card">
    ${isObject(hero) && drawPicture(hero, 'card-hero')} ${isObject(icon) && drawPicture(icon, 'card-icon')}
    ${isObject(block['title']) && html`<div class="card-title">${drawTextObject(block['title'], show)}</div>`}
    ${isObject(block['subtitle']) && html`<div class="card-subtitle">${drawTextObject(block['subtitle'], show)}</div>`}
    ${isObject(block['body']) && html`<div class="words">${drawTextObject(block['body'], show)}</div>`}
    ${
      buttons.length > 0 &&
      html`<div class="block-actions">
        ${buttons.map((button) => drawElement(button, textOf(block['block_id']), show))}
      </div>`
    }
  </article>`
}

export function drawCarousel(block: Json, show: Show): VNode {
  const cards = objectsOf(block['elements']).map((card) => html`<li>${drawCard(card, show)}</li>`)
  return html`<ul class="block-carousel" tabindex="0">
    ${cards}
  </ul>`
}

export function drawPlan(block: Json, show: Show): VNode {
  const tasks = objectsOf(block['tasks'])
  return html`<section class="block-plan">
    <div class="plan-title">${drawText(parsePlain(textOf(block['title'])), show)}</div>
    <ol class="tasks">
      ${tasks.map((task) => html`<li>${drawTask(task, show)}</li>`)}
    </ol>
  </section>`
}

const taskWords: Readonly<Record<string, string>> = {
  pending: 'not started',
  in_progress: 'in progress',
  complete: 'done',
  error: 'failed',
}

export function drawTask(task: Json, show: Show): VNode {
  const status = textOf(task['status']) || 'pending'
  const more = ['details', 'output'].map((key) => task[key]).filter(isObject)
  return html`<div class=${`task task-${status}`}>
    <span class="task-mark" role="img" aria-label=${taskWords[status] ?? status}></span>
    <div class="task-words">
      <div>${drawText(parsePlain(textOf(task['title'])), show)}</div>
      ${more.map((rich) => html`<div class="task-more">${drawRichText(rich, show)}</div>`)}
    </div>
  </div>`
}

export function drawContextActions(block: Json, show: Show): VNode {
  const elements = objectsOf(block['elements'])
  return html`<div class="block-actions">
    ${elements.map((element) => drawElement(element, textOf(block['block_id']), show))}
  </div>`
}

/** Files and videos are not loaded from elsewhere; they are named. */
export function drawNamedFile(block: Json, show: Show): VNode {
  const title = isObject(block['title']) ? drawTextObject(block['title'], show) : textOf(block['external_id'])
  return html`<div class="block-file">${title}</div>`
}
