import type { Facts } from '../kernel/errors.ts'
import type { Locale } from '../wire/names.ts'

type Value = Facts[string]

const NUMBERED = /\{(\w+)\|([^{}|]*)\|([^{}|]*)\}/g
const SHOWN_OF_A_LIST = 6
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/

/**
 * A template with its facts put in. `{name}` is replaced by the fact; `{name|pod|pods}` by the first word where the fact is 1,
 * else by the second; `[[ … ]]` is dropped when a fact inside it is missing. A missing fact outside of brackets becomes `?`: a sentence with a hole is better than none. Stored times come
 * out as `2026-11-24 09:00 UTC`, lists as at most six items and how many more.
 */
export function fill(template: string, facts: Facts, locale: Locale): string {
  const optional = template.replace(/\[\[(.*?)\]\]/gs, (_, part: string) => (complete(part, facts) ? part : ''))
  const counted = optional.replace(NUMBERED, (_, name: string, one: string, many: string) =>
    Number(facts[name]) === 1 ? one : many,
  )
  return counted.replace(/\{(\w+)\}/g, (_, name: string) => shown(facts[name], locale)).trim()
}

/** The names of the facts that a template speaks of, sorted; for the tests that compare the languages. */
export function factsOf(template: string): readonly string[] {
  return [...new Set([...template.matchAll(/\{(\w+)(?:\|[^{}]*)?\}/g)].map((match) => match[1] ?? ''))].sort()
}

function complete(part: string, facts: Facts): boolean {
  return factsOf(part).every((name) => present(facts[name]))
}

function present(value: Value): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}

function shown(value: Value, locale: Locale): string {
  if (!present(value)) return '?'
  if (typeof value === 'string') return ISO_TIME.test(value) ? minuteOf(value) : value
  if (typeof value === 'boolean') return spoken(value, locale)
  if (typeof value === 'number') return String(value)
  return listed(value ?? [], locale)
}

function spoken(value: boolean, locale: Locale): string {
  if (locale === 'zh') return value ? '是' : '否'
  return value ? 'yes' : 'no'
}

function listed(items: readonly string[], locale: Locale): string {
  const first = items.slice(0, SHOWN_OF_A_LIST).join(locale === 'zh' ? '、' : ', ')
  const rest = items.length - SHOWN_OF_A_LIST
  if (rest <= 0) return first
  return locale === 'zh' ? `${first} 等另外 ${rest} 项` : `${first} and ${rest} more`
}

function minuteOf(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
}
