import { isObject, textOf } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { checkList, checkOneOf, checkString, eachObject, problem } from './validate-core.ts'
import type { Walk } from './validate-core.ts'
import { checkElementKeys } from './validate-keys.ts'
import { checkConfirm, checkOption, checkOptions, checkText } from './validate-text.ts'

type Check = (walk: Walk, pointer: string, element: Json) => void

const selectKinds = ['static', 'external', 'users', 'conversations', 'channels']
const selects = [...selectKinds.map((k) => `${k}_select`), ...selectKinds.map((k) => `multi_${k}_select`)]
const pickers = ['datepicker', 'timepicker', 'datetimepicker']
const inputs = [
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
]

/** Which elements a block may hold (docs.slack.dev/reference/block-kit/block-elements, "works with block types"). */
export const elementsOf: Record<'section' | 'actions' | 'input', readonly string[]> = {
  section: [
    'button',
    'image',
    'overflow',
    'checkboxes',
    'radio_buttons',
    'datepicker',
    'timepicker',
    'workflow_button',
    ...selects,
  ],
  actions: ['button', 'overflow', 'checkboxes', 'radio_buttons', 'workflow_button', ...selects, ...pickers],
  input: ['checkboxes', 'radio_buttons', ...selects, ...pickers, ...inputs],
}

/** Checks one interactive element (or accessory image) that sits in a block of this kind. */
export function checkElement(walk: Walk, pointer: string, element: Json, block: keyof typeof elementsOf): void {
  const type = textOf(element['type'])
  if (!elementsOf[block].includes(type))
    return problem(walk, `${pointer}/type`, `unsupported type: ${type || 'none'} in ${block}`)
  if (type === 'image') return checkImage(walk, pointer, element)
  checkActionId(walk, pointer, element)
  checkElementKeys(walk, pointer, element)
  checkConfirm(walk, pointer, element)
  checkText(walk, pointer, element, 'placeholder', { max: limits.placeholder, kinds: 'plain' })
  special[type]?.(walk, pointer, element)
}

function checkActionId(walk: Walk, pointer: string, element: Json): void {
  checkString(walk, pointer, element, 'action_id', { max: limits.idLength, min: 1 })
  const id = element['action_id']
  if (typeof id !== 'string') return
  if (walk.actionIds.has(id)) problem(walk, `${pointer}/action_id`, `\`action_id\` already exists: ${id}`)
  walk.actionIds.add(id)
}

export const checkButton: Check = (walk, pointer, button) => {
  checkText(walk, pointer, button, 'text', { max: limits.button.text, kinds: 'plain', required: true })
  checkString(walk, pointer, button, 'value', { max: limits.button.value })
  checkString(walk, pointer, button, 'url', { max: limits.url })
  checkString(walk, pointer, button, 'accessibility_label', { max: limits.button.accessibilityLabel })
  checkOneOf(walk, pointer, button, 'style', ['primary', 'danger'])
}

const checkOverflow: Check = (walk, pointer, element) =>
  checkOptions(walk, pointer, element, { max: limits.overflowOptions, kinds: 'plain' })

const checkChoice: Check = (walk, pointer, element) => {
  checkOptions(walk, pointer, element, { max: limits.choiceOptions, kinds: 'both' })
  checkInitial(walk, pointer, element)
}

const checkStaticSelect: Check = (walk, pointer, element) => {
  if (element['option_groups'] === undefined)
    checkOptions(walk, pointer, element, { max: limits.selectOptions, kinds: 'plain' })
  else checkGroups(walk, pointer, element)
  checkInitial(walk, pointer, element)
}

function checkGroups(walk: Walk, pointer: string, element: Json): void {
  if (element['options'] !== undefined) problem(walk, pointer, 'only one of options and option_groups is allowed')
  const groups = checkList(walk, pointer, element, 'option_groups', { max: limits.selectOptions, required: true }) ?? []
  eachObject(walk, `${pointer}/option_groups`, groups, (group, at) => {
    checkText(walk, at, group, 'label', { max: limits.option.text, kinds: 'plain', required: true })
    checkOptions(walk, at, group, { max: limits.selectOptions, kinds: 'plain' })
  })
}

/** An initial option must be, word for word, one of the options. */
function checkInitial(walk: Walk, pointer: string, element: Json): void {
  const groups = Array.isArray(element['option_groups']) ? element['option_groups'].filter(isObject) : [element]
  const options = groups.flatMap((g) => (Array.isArray(g['options']) ? g['options'].filter(isObject) : []))
  const known = (option: Json) => options.some((o) => o['value'] === option['value'] && sameText(o, option))
  const one = element['initial_option']
  if (isObject(one)) {
    checkOption(walk, `${pointer}/initial_option`, one, 'both')
    if (!known(one)) problem(walk, `${pointer}/initial_option`, 'must be one of the provided options')
  }
  const many = checkList(walk, pointer, element, 'initial_options', { max: limits.selectOptions }) ?? []
  eachObject(walk, `${pointer}/initial_options`, many, (option, at) => {
    if (!known(option)) problem(walk, at, 'must be one of the provided options')
  })
}

function sameText(a: Json, b: Json): boolean {
  const [x, y] = [a['text'], b['text']]
  return isObject(x) && isObject(y) && x['text'] === y['text']
}

const checkPlainInput: Check = (walk, pointer, element) => {
  checkString(walk, pointer, element, 'initial_value', { max: limits.plainTextInput })
  checkBound(walk, pointer, element, 'min_length', { min: 0, max: limits.plainTextInput })
  checkBound(walk, pointer, element, 'max_length', { min: 1, max: limits.plainTextInput })
  const [min, max] = [element['min_length'], element['max_length']]
  if (typeof min === 'number' && typeof max === 'number' && min > max)
    problem(walk, `${pointer}/min_length`, 'must not exceed max_length')
}

function checkBound(walk: Walk, pointer: string, owner: Json, key: string, bounds: { min: number; max: number }): void {
  const value = owner[key]
  if (value === undefined) return
  if (typeof value !== 'number' || !Number.isInteger(value))
    return problem(walk, `${pointer}/${key}`, 'must be an integer')
  if (value < bounds.min || value > bounds.max)
    problem(walk, `${pointer}/${key}`, `must be between ${bounds.min} and ${bounds.max}`)
}

const checkNumberInput: Check = (walk, pointer, element) => {
  if (typeof element['is_decimal_allowed'] !== 'boolean')
    problem(walk, pointer, 'missing required field: is_decimal_allowed')
}

/** An image element or block: exactly one source, and words for those who can't see it. */
export function checkImage(walk: Walk, pointer: string, image: Json): void {
  checkString(walk, pointer, image, 'alt_text', { max: limits.altText, required: true })
  checkString(walk, pointer, image, 'image_url', { max: limits.url })
  const file = image['slack_file']
  if ((image['image_url'] === undefined) === (file === undefined))
    problem(walk, pointer, 'must provide exactly one of image_url and slack_file')
  if (file !== undefined && !(isObject(file) && (file['id'] !== undefined || file['url'] !== undefined))) {
    problem(walk, `${pointer}/slack_file`, 'must provide id or url')
  }
}

const special: Record<string, Check> = {
  button: checkButton,
  workflow_button: checkButton,
  overflow: checkOverflow,
  checkboxes: checkChoice,
  radio_buttons: checkChoice,
  static_select: checkStaticSelect,
  multi_static_select: checkStaticSelect,
  plain_text_input: checkPlainInput,
  number_input: checkNumberInput,
}
