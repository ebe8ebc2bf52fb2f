import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { objectOf, textOf } from '../../../slack-server/json.ts'
import type { PageState } from '../../page-state.ts'
import type { Desk, Question } from '../desk.ts'
import { drawTextObject } from '../text/draw-text.ts'
import { Dialog } from './dialog.ts'
import { namesOf } from './names.ts'

/** The question that an element asks before it is pressed. */
export function drawConfirm({ confirm, yes }: Question, page: PageState, desk: Desk): VNode {
  const names = namesOf(page)
  const style = textOf(confirm['style']) === 'danger' ? 'danger' : 'primary'
  const close = (): void => desk.change({ question: null })
  return html`<${Dialog} label=${textOf(objectOf(confirm['title'])['text'])} onClose=${close}>
    <h2>${drawTextObject(confirm['title'], names)}</h2>
    <div class="words dialog-body">${drawTextObject(confirm['text'], names)}</div>
    <div class="dialog-foot">
      <button type="button" class="button button-plain" onClick=${close} autofocus=${style === 'danger'}>
        ${drawTextObject(confirm['deny'], names)}
      </button>
      <button type="button" class=${`button button-${style}`} onClick=${yes} autofocus=${style === 'primary'}>
        ${drawTextObject(confirm['confirm'], names)}
      </button>
    </div>
  <//>`
}
