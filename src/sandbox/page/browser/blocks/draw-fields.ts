import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { objectOf, textOf, type Json } from '../../../slack-server/json.ts'
import type { ElementPlace } from './draw-element.ts'

type Kind = { readonly input: string; readonly initial: string }

const kinds: Readonly<Record<string, Kind>> = {
  datepicker: { input: 'date', initial: 'initial_date' },
  timepicker: { input: 'time', initial: 'initial_time' },
  datetimepicker: { input: 'datetime-local', initial: 'initial_date_time' },
  email_text_input: { input: 'email', initial: 'initial_value' },
  url_text_input: { input: 'url', initial: 'initial_value' },
  number_input: { input: 'number', initial: 'initial_value' },
  file_input: { input: 'file', initial: '' },
}

/** What is typed or picked: text in one line or several, dates and times, numbers. */
export function drawField({ element, show, blockId, field, choose }: ElementPlace): VNode {
  const kind = kinds[textOf(element['type'])] ?? { input: 'text', initial: 'initial_value' }
  const onInput = ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }): void =>
    choose(valueOf(kind.input, currentTarget.value))
  const wrong = show.form?.errors[blockId] !== undefined
  const shared = {
    id: field,
    class: 'field-box',
    placeholder: textOf(objectOf(element['placeholder'])['text']) || undefined,
    defaultValue: startOf(element, kind),
    'data-action': textOf(element['action_id']),
    'aria-invalid': wrong ? 'true' : undefined,
    'aria-describedby': wrong ? `${field}-error` : undefined,
    // A picker tells at once, a text only when it is left or submitted.
    ...(show.form === null ? { onChange: onInput } : { onInput }),
  }
  if (element['multiline'] === true) return html`<textarea rows="3" ...${shared}></textarea>`
  return html`<input type=${kind.input} autocomplete="off" ...${shared} />`
}

function startOf(element: Json, { input, initial }: Kind): string {
  const value = element[initial]
  if (input === 'datetime-local' && typeof value === 'number') return new Date(value * 1000).toISOString().slice(0, 16)
  return typeof value === 'number' ? String(value) : textOf(value)
}

/** Slack's date and time is in epoch seconds; an emptied field is null. */
function valueOf(input: string, value: string): string | number | null {
  if (value === '') return null
  return input === 'datetime-local' ? Math.floor(Date.parse(`${value}Z`) / 1000) : value
}
