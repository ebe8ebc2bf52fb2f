import { isHanDay, wordsOfDay } from './typed-day.ts'

/** The verbs of `/istio`, with their words in both languages; the first of each is the one that help shows. */
export const VERBS = {
  upgrade: ['upgrade', '升级'],
  status: ['status', '状态'],
  stragglers: ['stragglers', '未迁移'],
  approvals: ['approvals', '审批'],
  report: ['report', '报告'],
  stop: ['stop', '停止'],
  resume: ['resume', '继续'],
  rollback: ['rollback', 'undo', '回退'],
  lang: ['lang', '语言', 'language'],
  help: ['help', '帮助'],
} as const
export type Verb = keyof typeof VERBS

const TO: readonly string[] = ['to', '到', '至']
const BY: readonly string[] = ['by', '截止', '截止到', '截止至', '截至']
const ACKNOWLEDGE: readonly string[] = ['acknowledge', 'ack', '知悉']
const VERSION = /^v?(\d+\.\d+\.\d+([-.+_][0-9A-Za-z.+_-]+)?)$/
/** These stand alone: what was typed after a wrong form of one is not a part of it. */
const ALONE: readonly Verb[] = ['help', 'approvals']
/** Commands that are asked for and do not exist: one namespace goes with the others. */
const HOLD: readonly string[] = ['hold', 'release', '暂缓', '放行']
const NEAR = 2
const SHORT = 4

export type Parsed =
  | { readonly kind: 'unknown'; readonly typed: string; readonly meant: string | null }
  | {
      readonly kind: 'command'
      readonly verb: Verb
      readonly cluster?: string
      readonly to?: string
      readonly by?: string
      readonly acknowledge: readonly string[]
      /** Words that no part of the command takes. */
      readonly extra: readonly string[]
      /** Everything after the verb, as it was typed. */
      readonly rest: string
    }

/** What somebody typed after the slash command. Nothing typed means help. */
export function parseCommand(typed: string): Parsed {
  const text = spaced(plainText(typed))
  const [start = ''] = text.split(' ')
  const [first, ...rest] = text
    .split(' ')
    .map(bare)
    .filter((word) => word !== '')
  if (first === undefined) return { kind: 'command', verb: 'help', acknowledge: [], extra: [], rest: '' }
  const verb = verbOf(first)
  if (verb) return { kind: 'command', verb, ...partsOf(verb, rest), rest: text.slice(start.length).trim() }
  return { kind: 'unknown', typed: first, meant: meantBy(first, rest) }
}

/** What was meant by a first word that is no verb: two that are one, or the nearest. */
function meantBy(first: string, rest: readonly string[]): string | null {
  const [second = '', ...others] = rest
  if (isHold(first)) return null
  if (verbOf(first + second)) return [(first + second).toLowerCase(), ...others].join(' ')
  const near = nearest(first.toLowerCase(), Object.values(VERBS).flat())
  const verb = near === null ? null : verbOf(near)
  if (near === null || verb === null) return null
  return ALONE.includes(verb) ? near : [near, ...rest].join(' ')
}

/** Does somebody ask for a namespace to be held back, or to be let go on? */
export function isHold(word: string): boolean {
  return HOLD.includes(word.toLowerCase())
}

/** Letters and digits of full width are those of half; a comma of Chinese stands between words. */
function plainText(typed: string): string {
  return typed
    .replaceAll(/[，、；]/g, ' ')
    .normalize('NFKC')
    .trim()
    .replaceAll(/\s+/g, ' ')
}

const AROUND = /^["'`“”‘’]+|["'`“”‘’.,;:!?。]+$/g

/** A word without what a sentence puts around it. */
function bare(word: string): string {
  return word.replaceAll(AROUND, '')
}

const HAN = /^[\u4e00-\u9fff]/
const HAN_VERB = new RegExp(
  `^(${Object.values(VERBS)
    .flat()
    .filter((word) => HAN.test(word))
    .join('|')})(?=[\\w"“「])`,
)

/** Chinese is typed without spaces: 升级prod-a到1.31.0. */
function spaced(text: string): string {
  return text
    .replace(HAN_VERB, '$1 ')
    .replaceAll(/(截止到|截止至|截至|截止|到|至)(?=\d)/g, ' $1 ')
    .replaceAll(/ +/g, ' ')
}

const QUOTED = /^["'“”‘’「](.+)["'“”‘’」]$/

/** What stands in quotes of any kind, which Slack likes to round; null where there are none. */
export function quotedIn(text: string): string | null {
  return QUOTED.exec(text)?.[1]?.trim() ?? null
}

/** The word for what no team owns. */
export const UNOWNED_WORDS: readonly string[] = ['unowned', '未注明', '未注明团队']

/** The word that differs in at most two letters, or one Chinese character, the nearest first; null where none is near or the typed one is short. */
export function nearest(typed: string, words: readonly string[]): string | null {
  const ranked = words
    .map((word) => ({ word, distance: distance(typed, word) }))
    .filter(({ word, distance: far }) => isNear(word, far))
    .toSorted((a, b) => a.distance - b.distance)
  return ranked[0]?.word ?? null
}

/** Two characters are a whole Chinese word, of which one may be wrong; so may one letter of a short word. */
function isNear(word: string, far: number): boolean {
  if (HAN.test(word)) return far <= 1 && far < word.length
  return far <= (word.length > SHORT ? NEAR : 1) && far < word.length - 1
}

type Parts = { cluster?: string; to?: string; by?: string; acknowledge: string[]; extra: string[] }

function partsOf(verb: Verb, words: readonly string[]): Parts {
  const parts: Parts = { acknowledge: [], extra: [] }
  for (let index = 0; index < words.length;) index += take(parts, verb, words.slice(index))
  return parts
}

/** Puts the first words where they belong; how many they were. */
function take(parts: Parts, verb: Verb, [word = '', ...after]: readonly string[]): number {
  const lower = word.toLowerCase()
  if (ACKNOWLEDGE.includes(lower)) {
    parts.acknowledge = after.flatMap((each) => each.split(',')).filter((each) => each !== '')
    return 1 + after.length
  }
  if (TO.includes(lower)) return 1 + takeValue(parts, 'to', verb, word, after)
  if (BY.includes(lower)) return 1 + takeValue(parts, 'by', verb, word, after)
  place(parts, word)
  return 1
}

/** An upgrade whose “to” or “by” says nothing leaves it open, for the dialog to ask; nothing else takes such a word. */
function takeValue(parts: Parts, key: 'to' | 'by', verb: Verb, word: string, after: readonly string[]): number {
  const [next] = after
  if (next === undefined || [...TO, ...BY].includes(next.toLowerCase())) {
    if (verb !== 'upgrade') parts.extra.push(word)
    return 0
  }
  const count = key === 'by' ? Math.max(1, wordsOfDay(after)) : 1
  parts[key] = after.slice(0, count).join(' ')
  return count
}

function place(parts: Parts, word: string): void {
  if (parts.to === undefined && VERSION.test(word)) parts.to = word
  else if (parts.by === undefined && isHanDay(word)) parts.by = word
  else if (parts.cluster === undefined) parts.cluster = word
  else parts.extra.push(word)
}

/** `1.31.0` of `1.31.0` or `v1.31.0`; null for anything else. */
export function versionOf(word: string): string | null {
  return VERSION.exec(word)?.[1] ?? null
}

/** The verb that a word is, in either language; null for any other word. */
export function verbOf(word: string): Verb | null {
  const lower = word.toLowerCase()
  const found = Object.entries(VERBS).find(([, words]) => (words as readonly string[]).includes(lower))
  return found ? (found[0] as Verb) : null
}

/** Edits (insert, delete, replace, swap neighbours) between two words. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity
  for (let i = 1; i <= a.length; i += 1) {
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const best = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + same,
        swapped ? at(i - 2, j - 2) + 1 : Infinity,
      )
      const row = rows[i]
      if (row) row[j] = best
    }
  }
  return at(a.length, b.length)
}
