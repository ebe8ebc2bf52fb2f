import type { VNode } from 'preact'
import { html } from 'htm/preact'
import { objectOf, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import type { ElementPlace } from './draw-element.ts'
import type { Show } from './show.ts'

type Option = { readonly value: string; readonly label: string }
type Group = { readonly label: string | null; readonly options: readonly Option[] }

/** Every kind of select as the browser's own, which works by keyboard and on a phone. */
export function drawSelect({ element, show, field, choose }: ElementPlace): VNode {
  const type = textOf(element['type'])
  const many = type.startsWith('multi_')
  const chosen = initialOf(element)
  const onChange = ({ currentTarget }: { currentTarget: HTMLSelectElement }): void => {
    const values = [...currentTarget.selectedOptions].map(({ value }) => value).filter((value) => value !== '')
    choose(many ? values : (values[0] ?? null))
  }
  const placeholder = textOf(objectOf(element['placeholder'])['text']) || 'Choose'
  return html`<select
    id=${field}
    class="select"
    multiple=${many}
    aria-label=${placeholder}
    data-action=${textOf(element['action_id'])}
    onChange=${onChange}
  >
    ${!many && html`<option value="" selected=${chosen.length === 0}>${placeholder}</option>`}
    ${groupsOf(element, show).map(({ label, options }) => {
      const drawn = options.map((option) => drawOption(option, chosen.includes(option.value)))
      return label === null ? drawn : html`<optgroup label=${label}>${drawn}</optgroup>`
    })}
  </select>`
}

function drawOption({ value, label }: Option, selected: boolean): VNode {
  return html`<option value=${value} selected=${selected}>${label}</option>`
}

function groupsOf(element: Json, show: Show): Group[] {
  const type = textOf(element['type'])
  const named = (all: Show['people']): Group[] => [
    { label: null, options: all.map(({ id, name }) => ({ value: id, label: name })) },
  ]
  if (type.includes('users_')) return named(show.people)
  if (type.includes('conversations_') || type.includes('channels_')) return named(show.channels)
  const groups = objectsOf(element['option_groups'])
  if (groups.length === 0) return [{ label: null, options: optionsOf(element) }]
  return groups.map((group) => ({ label: textOf(objectOf(group['label'])['text']), options: optionsOf(group) }))
}

function optionsOf(owner: Json): Option[] {
  return objectsOf(owner['options']).map((option) => ({
    value: textOf(option['value']),
    label: textOf(objectOf(option['text'])['text']),
  }))
}

/** The values that an element starts with, whatever its kind calls them. */
export function initialOf(element: Json): string[] {
  const options = [element['initial_option'], ...objectsOf(element['initial_options'])]
  const fromOptions = options.map((option) => textOf(objectOf(option)['value']))
  const ids = ['initial_user', 'initial_channel', 'initial_conversation'].map((key) => textOf(element[key]))
  return [...fromOptions, ...ids].filter((value) => value !== '')
}
