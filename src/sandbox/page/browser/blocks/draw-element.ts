import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { objectOf, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import { drawTextObject } from '../text/draw-text.ts'
import { drawPicture } from './picture.ts'
import { drawChoices } from './draw-choices.ts'
import { drawField } from './draw-fields.ts'
import { drawSelect } from './draw-select.ts'
import type { Choice, Show } from './show.ts'

/** One element that stands in a block: what it is drawn as, and how a press or choice is told. */
export type ElementPlace = {
  readonly element: Json
  readonly blockId: string
  readonly show: Show
  /** The id of the field that a label names. */
  readonly field: string
  readonly choose: (chosen: Choice) => void
}

/** Draws a button, select, picker, choice or field; one that is not known is named, so that nothing is left out unseen. */
export function drawElement(
  element: Json,
  blockId: string,
  show: Show,
  input?: { readonly field: string; readonly dispatches: boolean },
): VNode {
  const type = textOf(element['type'])
  const id = input?.field ?? `${show.key}-${blockId}-${textOf(element['action_id'])}`
  const inForm = show.form !== null && input !== undefined
  const told = !inForm || (input.dispatches && !type.endsWith('_input'))
  const place: ElementPlace = {
    element,
    blockId,
    show,
    field: id,
    choose: (chosen) => {
      if (inForm) show.form?.set(blockId, chosen)
      if (told) show.press({ element, blockId, chosen })
    },
  }
  if (type === 'image') return drawPicture(element, 'accessory-picture')
  const draw = drawings.find(([pattern]) => pattern.test(type))?.[1]
  return draw === undefined ? html`<span class="unknown-element">${type}</span>` : draw(place)
}

const drawings: readonly (readonly [RegExp, (place: ElementPlace) => VNode])[] = [
  [/^(workflow_)?button$/, drawButton],
  [/^icon_button$/, drawIconButton],
  [/^feedback_buttons$/, drawFeedback],
  [/^overflow$/, drawOverflow],
  [/_select$/, drawSelect],
  [/^(checkboxes|radio_buttons)$/, drawChoices],
  [/picker$|_input$/, drawField],
]

function drawButton({ element, blockId, show }: ElementPlace): VNode {
  const style = textOf(element['style']) || 'plain'
  const label = textOf(element['accessibility_label'])
  const url = textOf(element['url'])
  return html`<button
    type="button"
    class=${`button button-${style}`}
    data-action=${textOf(element['action_id'])}
    aria-label=${label === '' ? undefined : label}
    title=${url === '' ? undefined : url}
    onClick=${() => show.press({ element, blockId, chosen: null })}
  >
    ${drawTextObject(element['text'], show)}
  </button>`
}

function drawIconButton({ element, blockId, show }: ElementPlace): VNode {
  return html`<button
    type="button"
    class="button button-plain"
    onClick=${() => show.press({ element, blockId, chosen: null })}
  >
    ${drawTextObject(element['text'], show)}
  </button>`
}

function drawFeedback({ element, blockId, show }: ElementPlace): VNode {
  const buttons = ['positive_button', 'negative_button'].map((key) => objectOf(element[key]))
  return html`<span class="feedback">
    ${buttons.map(
      (button) =>
        html`<button
          type="button"
          class="button button-plain"
          onClick=${() => show.press({ element, blockId, chosen: textOf(button['value']) })}
        >
          ${drawTextObject(button['text'], show)}
        </button>`,
    )}
  </span>`
}

function drawOverflow({ element, show, choose }: ElementPlace): VNode {
  return html`<details class="overflow">
    <summary class="button button-plain" aria-label="More actions">⋯</summary>
    <div class="overflow-menu" role="group">
      ${objectsOf(element['options']).map(
        (option) =>
          html`<button type="button" onClick=${() => choose(textOf(option['value']))}>
            ${drawTextObject(option['text'], show)}
          </button>`,
      )}
    </div>
  </details>`
}
