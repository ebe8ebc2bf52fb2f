import { isObject } from './json.ts'
import type { Json } from './json.ts'
import { limits } from './limits.ts'
import { checkKeys, checkList, checkOneOf, checkString, eachObject, problem } from './validate-core.ts'
import type { Walk } from './validate-core.ts'

export type TextRule = {
  readonly max: number
  readonly kinds?: 'plain' | 'mrkdwn' | 'both'
  readonly required?: boolean
}

const kindsOf = { plain: ['plain_text'], mrkdwn: ['mrkdwn'], both: ['plain_text', 'mrkdwn'] } as const

/** Checks member `key` of `owner` as a text object (plain_text or mrkdwn). */
export function checkText(walk: Walk, pointer: string, owner: Json, key: string, rule: TextRule): void {
  const value = owner[key]
  if (value === undefined && rule.required !== true) return
  if (value === undefined) return problem(walk, pointer, `missing required field: ${key}`)
  if (!isObject(value)) return problem(walk, `${pointer}/${key}`, 'must be a text object')
  checkTextObject(walk, `${pointer}/${key}`, value, rule)
}

export function checkTextObject(walk: Walk, pointer: string, value: Json, rule: TextRule): void {
  const kinds: readonly string[] = kindsOf[rule.kinds ?? 'both']
  if (typeof value['type'] !== 'string' || !kinds.includes(value['type'])) {
    return problem(walk, `${pointer}/type`, `must be one of: ${kinds.join(', ')}`)
  }
  checkString(walk, pointer, value, 'text', { max: rule.max, required: true })
  const own = value['type'] === 'plain_text' ? ['emoji'] : ['verbatim']
  checkKeys(walk, pointer, value, ['type', 'text', ...own])
}

export function checkConfirm(walk: Walk, pointer: string, owner: Json): void {
  const confirm = owner['confirm']
  if (confirm === undefined) return
  const at = `${pointer}/confirm`
  if (!isObject(confirm)) return problem(walk, at, 'must be an object')
  checkText(walk, at, confirm, 'title', { max: limits.confirm.title, kinds: 'plain', required: true })
  checkText(walk, at, confirm, 'text', { max: limits.confirm.text, required: true })
  checkText(walk, at, confirm, 'confirm', { max: limits.confirm.button, kinds: 'plain', required: true })
  checkText(walk, at, confirm, 'deny', { max: limits.confirm.button, kinds: 'plain', required: true })
  checkOneOf(walk, at, confirm, 'style', ['primary', 'danger'])
  checkKeys(walk, at, confirm, ['title', 'text', 'confirm', 'deny', 'style'])
}

/** Options of a select (plain text only) or of checkboxes and radio buttons (mrkdwn too). Values must differ. */
export function checkOptions(
  walk: Walk,
  pointer: string,
  owner: Json,
  rule: { max: number; kinds: 'plain' | 'both' },
): void {
  const items = checkList(walk, pointer, owner, 'options', { max: rule.max, required: true })
  if (items === undefined) return
  const seen = new Set<unknown>()
  eachObject(walk, `${pointer}/options`, items, (option, at) => {
    checkOption(walk, at, option, rule.kinds)
    if (seen.has(option['value'])) problem(walk, `${at}/value`, 'must be unique among the options')
    seen.add(option['value'])
  })
}

export function checkOption(walk: Walk, pointer: string, option: Json, kinds: 'plain' | 'both'): void {
  checkText(walk, pointer, option, 'text', { max: limits.option.text, kinds, required: true })
  checkString(walk, pointer, option, 'value', { max: limits.option.value, required: true })
  checkText(walk, pointer, option, 'description', { max: limits.option.description, kinds })
  checkString(walk, pointer, option, 'url', { max: limits.url })
  checkKeys(walk, pointer, option, ['text', 'value', 'description', 'url'])
}
