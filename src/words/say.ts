import type { Facts } from '../kernel/errors.ts'
import { CODES, type Code } from '../wire/codes.ts'
import type { Locale, PhaseName } from '../wire/names.ts'
import { en } from './en/catalogue.ts'
import { phrase, type PhraseKey } from './phrases.ts'
import type { Catalogue, Sentence } from './sentence.ts'
import { fill } from './template.ts'
import { WORKLOADS, spokenWorkloads } from './workload-names.ts'
import { zh } from './zh/catalogue.ts'

/** `what` says what happened and what it means; `next` what to do, or '' where there is nothing to do. */
export type Said = { readonly what: string; readonly next: string }

const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, zh }

/**
 * The sentences of a code in a language, as plain text (the chat escapes it). A code that this version doesn't know (a
 * newer worker sent it) is named with its facts instead of being dropped.
 */
export function say(code: string, facts: Facts, locale: Locale): Said {
  const spoken = spokenFacts(facts, locale)
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

/** Facts that are words of ours: phases, codes that are the cause of another, and `no sidecar` for an empty revision. */
function spokenFacts(facts: Facts, locale: Locale): Facts {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, spokenFact(key, value, facts, locale)]))
}

const CAUSES: readonly string[] = ['because', 'what', 'code']
const REVISIONS: readonly string[] = ['expected', 'found', 'got']
/** The phrase that names each phase to a reader. */
export const PHASE_NAMES: Readonly<Record<PhaseName, PhraseKey>> = {
  install: 'phaseInstall',
  switch: 'phaseSwitch',
  rehearse: 'phaseRehearse',
  retire: 'phaseRetire',
}

function spokenFact(key: string, value: Facts[string], facts: Facts, locale: Locale): Facts[string] {
  if (typeof value !== 'string' || WORKLOADS.includes(key)) return spokenWorkloads(key, value, locale)
  const phase = key === 'phase' ? (PHASE_NAMES as Readonly<Record<string, PhraseKey>>)[value] : undefined
  if (phase) return phrase(phase, {}, locale)
  if (REVISIONS.includes(key) && value === '') return phrase('classNone', {}, locale)
  if (!CAUSES.includes(key) || !isCode(value)) return value
  const rest = Object.fromEntries(Object.entries(facts).filter(([name]) => !CAUSES.includes(name)))
  return say(value, rest, locale).what
}

function unknown(code: string, facts: Facts, locale: Locale): Said {
  const list = Object.entries(facts).map(([key, value]) => `${key}=${String(value)}`)
  return { what: phrase('unknownCode', { code, facts: list }, locale), next: phrase('unknownCodeNext', {}, locale) }
}
