import { codePoints, isObject } from './json.ts'
import type { Json } from './json.ts'

/** Where blocks are shown. An ephemeral or response_url message follows the rules of `message`. */
export type Surface = 'message' | 'modal' | 'home'

/** One thing that Slack would refuse: the sentence, and an RFC 6901 pointer to the place. */
export type Problem = { readonly message: string; readonly pointer: string }

/** What the checks share while they walk a card: the problems so far, and what must be unique or counted over the whole. */
export type Walk = {
  readonly surface: Surface
  readonly problems: Problem[]
  readonly blockIds: Set<string>
  /** The action ids already met in the block that is being checked. */
  actionIds: Set<string>
  readonly totals: Record<string, number>
}

export function newWalk(surface: Surface): Walk {
  return { surface, problems: [], blockIds: new Set(), actionIds: new Set(), totals: {} }
}

export function addTotal(walk: Walk, name: string, amount: number): number {
  walk.totals[name] = (walk.totals[name] ?? 0) + amount
  return walk.totals[name]
}

export function problem(walk: Walk, pointer: string, message: string): void {
  walk.problems.push({ message, pointer })
}

/** The lines that Slack puts into `response_metadata.messages`. */
export function messagesOf(problems: readonly Problem[]): string[] {
  return problems.map(({ message, pointer }) => `[ERROR] ${message} [json-pointer:${pointer}]`)
}

export type StringRule = { readonly max: number; readonly required?: boolean; readonly min?: number }

/** Checks member `key` of `owner` as a string of at most `max` code points. */
export function checkString(walk: Walk, pointer: string, owner: Json, key: string, rule: StringRule): void {
  const value = owner[key]
  if (value === undefined && rule.required !== true) return
  if (value === undefined) return problem(walk, pointer, `missing required field: ${key}`)
  if (typeof value !== 'string') return problem(walk, `${pointer}/${key}`, `must be a string`)
  const length = codePoints(value)
  if (length > rule.max) problem(walk, `${pointer}/${key}`, `must be less than ${rule.max + 1} characters`)
  if (length < (rule.min ?? (rule.required === true ? 1 : 0)))
    problem(walk, `${pointer}/${key}`, 'must be more than 0 characters')
}

export type ListRule = { readonly min?: number; readonly max: number; readonly required?: boolean }

/** The items of member `key` when it is an array within its bounds; else undefined, and the problem is noted. */
export function checkList(
  walk: Walk,
  pointer: string,
  owner: Json,
  key: string,
  rule: ListRule,
): unknown[] | undefined {
  const value = owner[key]
  if (value === undefined && rule.required !== true) return undefined
  if (value === undefined) return refuseList(walk, pointer, `missing required field: ${key}`)
  if (!Array.isArray(value)) return refuseList(walk, `${pointer}/${key}`, 'must be an array')
  if (value.length > rule.max) problem(walk, `${pointer}/${key}`, `no more than ${rule.max} items allowed`)
  if (value.length < (rule.min ?? 1)) problem(walk, `${pointer}/${key}`, `no less than ${rule.min ?? 1} items allowed`)
  return value
}

function refuseList(walk: Walk, pointer: string, message: string): undefined {
  problem(walk, pointer, message)
  return undefined
}

/** Calls `check` for each object of a list; anything else in it is a problem. */
export function eachObject(
  walk: Walk,
  pointer: string,
  items: readonly unknown[],
  check: (item: Json, at: string) => void,
): void {
  items.forEach((item, index) => {
    if (isObject(item)) check(item, `${pointer}/${index}`)
    else problem(walk, `${pointer}/${index}`, 'must be an object')
  })
}

export function checkOneOf(walk: Walk, pointer: string, owner: Json, key: string, allowed: readonly string[]): void {
  const value = owner[key]
  if (value === undefined) return
  if (typeof value !== 'string' || !allowed.includes(value))
    problem(walk, `${pointer}/${key}`, `must be one of: ${allowed.join(', ')}`)
}

/** A member nobody knows is refused: Slack answers the same for a misspelt field. */
export function checkKeys(walk: Walk, pointer: string, owner: Json, allowed: readonly string[]): void {
  for (const key of Object.keys(owner)) {
    if (!allowed.includes(key)) problem(walk, pointer, `invalid additional property: ${key}`)
  }
}
