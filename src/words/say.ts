import type { Facts } from '../kernel/errors.ts'
import { CODES, type Code } from '../wire/codes.ts'
import type { Locale } from '../wire/names.ts'
import { en } from './en/catalogue.ts'
import { phrase } from './phrases.ts'
import type { Catalogue, Sentence } from './sentence.ts'
import { fill } from './template.ts'
import { zh } from './zh/catalogue.ts'

/** `what` says what happened and what it means; `next` what to do, or '' where there is nothing to do. */
export type Said = { readonly what: string; readonly next: string }

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, zh }

/**
 * The sentences of a code in a language, as plain text (the chat escapes it). A code that this version doesn't know (a
 * newer worker sent it) is named with its facts instead of being dropped.
 */
export function say(code: string, facts: Facts, locale: Locale): Said {
  const spoken = { ...facts, ...spokenPhase(facts, locale) }
  if (!isCode(code)) return unknown(code, facts, locale)
  const [what, next] = sentenceOf(code, locale)
  return { what: fill(what, spoken, locale), next: next ? fill(next, spoken, locale) : '' }
}

/** One line of both, for logs, audit and terminals. */
export function sayLine(code: string, facts: Facts, locale: Locale): string {
  const { what, next } = say(code, facts, locale)
  return next ? `${what} ${next}` : what
}

export function sentenceOf(code: Code, locale: Locale): Sentence {
  return CATALOGUES[locale][code]
}

function isCode(code: string): code is Code {
  return (CODES as readonly string[]).includes(code)
}

function spokenPhase(facts: Facts, locale: Locale): Facts {
  if (facts['phase'] === 'install') return { phase: phrase('phaseInstall', {}, locale) }
  if (facts['phase'] === 'switch') return { phase: phrase('phaseSwitch', {}, locale) }
  return {}
}

function unknown(code: string, facts: Facts, locale: Locale): Said {
  const list = Object.entries(facts).map(([key, value]) => `${key}=${String(value)}`)
  return { what: phrase('unknownCode', { code, facts: list }, locale), next: phrase('unknownCodeNext', {}, locale) }
}
