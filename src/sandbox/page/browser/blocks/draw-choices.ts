import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { isObject, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import { drawTextObject } from '../text/draw-text.ts'
import type { ElementPlace } from './draw-element.ts'
import { initialOf } from './draw-select.ts'

/** Checkboxes and radio buttons. */
export function drawChoices(place: ElementPlace): VNode {
  const { element, field } = place
  const role = element['type'] === 'checkboxes' ? 'group' : 'radiogroup'
  return html`<div class="choices" id=${field} role=${role} data-action=${textOf(element['action_id'])}>
    ${objectsOf(element['options']).map((option) => drawChoice(option, place))}
  </div>`
}

function drawChoice(option: Json, { element, field, show, choose }: ElementPlace): VNode {
  const many = element['type'] === 'checkboxes'
  const value = textOf(option['value'])
  const onChange = ({ currentTarget }: { currentTarget: HTMLInputElement }): void => {
    const all = currentTarget.closest('.choices')?.querySelectorAll<HTMLInputElement>('input:checked') ?? []
    choose(many ? [...all].map((one) => one.value) : value)
  }
  return html`<label class="choice">
    <input
      type=${many ? 'checkbox' : 'radio'}
      name=${field}
      value=${value}
      defaultChecked=${initialOf(element).includes(value)}
      onChange=${onChange}
    />
    <span>
      ${drawTextObject(option['text'], show)}
      ${
        isObject(option['description']) &&
        html`<span class="choice-description">${drawTextObject(option['description'], show)}</span>`
      }
    </span>
  </label>`
}
