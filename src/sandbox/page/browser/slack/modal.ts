import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { useRef } from 'preact/hooks'
import { isObject, objectOf, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import type { PageState } from '../../page-state.ts'
import { drawBlocks } from '../blocks/draw-block.ts'
import type { Choice, Form } from '../blocks/show.ts'
import { afterClosing } from '../coach/pressed.ts'
import type { Desk } from '../desk.ts'
import { drawTextObject } from '../text/draw-text.ts'
import { Dialog } from './dialog.ts'
import { viewShow } from './home-pane.ts'
import { namesOf } from './names.ts'

type ModalProps = { readonly view: Json; readonly page: PageState; readonly desk: Desk }

/** The modal on top: what is typed in it is kept here until Submit. */
export function Modal({ view, page, desk }: ModalProps): VNode {
  const values = useRef<Record<string, Choice>>({})
  const fields = objectsOf(view['blocks']).map((block) => textOf(block['block_id']))
  // A field that went away with an update of the view takes along what was typed in it.
  values.current = Object.fromEntries(Object.entries(values.current).filter(([block]) => fields.includes(block)))
  const id = textOf(view['id'])
  const form: Form = { set: (block, value) => void (values.current[block] = value), errors: desk.errors }
  const show = viewShow(view, { kind: 'modal', viewId: id }, page, desk, form)
  const close = (): void => {
    desk.change({ errors: {}, pressed: afterClosing(desk.pressed, page.demo.me) })
    void desk.act({ kind: 'close', viewId: id })
  }
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    const given = Object.entries(values.current).map(([block, value]) => [
      block,
      Array.isArray(value) ? [...value] : value,
    ])
    const answer = await desk.act({ kind: 'submit', viewId: id, values: Object.fromEntries(given) })
    desk.change({ errors: answer.errors ?? {} })
  }
  const names = namesOf(page)
  const closeWords = isObject(view['close']) ? drawTextObject(view['close'], names) : 'Close'
  return html`<${Dialog} label=${textOf(objectOf(view['title'])['text'])} onClose=${close}>
    <form onSubmit=${submit} novalidate>
      <h2>${drawTextObject(view['title'], names)}</h2>
      <div class="dialog-body">${drawBlocks(objectsOf(view['blocks']), show)}</div>
      <div class="dialog-foot">
        <button type="button" class="button button-plain" onClick=${close}>${closeWords}</button>
        ${
          isObject(view['submit']) &&
          html`<button type="submit" class="button button-primary">${drawTextObject(view['submit'], names)}</button>`
        }
      </div>
    </form>
  <//>`
}
