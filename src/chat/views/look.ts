import type { Facts } from '../../kernel/errors.ts'
import type { Coded } from '../../wire/facts.ts'
import type { Locale } from '../../wire/names.ts'
import { phrase, type PhraseKey } from '../../words/phrases.ts'
import { say, type Said } from '../../words/say.ts'
import { spokenWorkloads } from '../../words/workload-names.ts'
import { tame } from '../escape.ts'

/**
 * How one reader or channel sees things: its language, and names for Slack ids. Names are shown, not mentions: somebody
 * is mentioned only where they must act (design.md §8).
 */
export type Look = {
  readonly locale: Locale
  readonly name: (id: string) => string
  /** The slash command as it is set, for the sentences that name it. */
  readonly command: string
}

/** Which message and revision a card is drawn for: its buttons carry both. */
export type Place = { readonly message: string; readonly revision: number }

const ID = /^[UWS][A-Z0-9]{2,}$/

/** A phrase with foreign facts tamed, so that they can't end the bold or code they stand in. */
export function put(look: Look, key: PhraseKey, facts: Facts = {}): string {
  return phrase(key, withSpokenWorkloads(tamed(facts), look.locale), look.locale)
}

/** The sentences of a code, with people named instead of their ids. */
export function told(look: Look, coded: { readonly code: string; readonly facts: Facts }): Said {
  return say(coded.code, named(look, tamed({ command: look.command, ...coded.facts })), look.locale)
}

/** Sentences one after the other: Chinese sets no space between them. */
export function inARow({ locale }: Look, sentences: readonly string[]): string {
  return sentences.filter((one) => one !== '').join(locale === 'zh' ? '' : ' ')
}

/** Only what happened, as one line. */
export function line(look: Look, coded: Coded): string {
  return told(look, coded).what
}

export function blockIdOf(place: Place): string {
  return `act.${place.message}.${place.revision}`
}

/** Of the buttons of an answer that only one person sees: they speak of the run of this cluster. */
export function runBlock(cluster: string): string {
  return `status.run.${cluster}`
}

/** Message and revision of a block id that `blockIdOf` made, or null. */
export function placeOf(blockId: string): Place | null {
  const match = /^act\.(.+)\.(\d+)$/.exec(blockId)
  return match?.[1] && match[2] ? { message: match[1], revision: Number(match[2]) } : null
}

function named(look: Look, facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, namedValue(look, value)]))
}

function namedValue(look: Look, value: Facts[string]): Facts[string] {
  if (typeof value === 'string') return ID.test(value) ? tame(look.name(value)) : value
  if (Array.isArray(value)) return value.map((item: string) => (ID.test(item) ? tame(look.name(item)) : item))
  return value
}

function withSpokenWorkloads(facts: Facts, locale: Locale): Facts {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, spokenWorkloads(key, value, locale)]))
}

function tamed(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, typeof value === 'string' ? tame(value) : value]),
  )
}
