import type { Facts } from '../kernel/errors.ts'
import type { Locale } from '../wire/names.ts'
import { phrasesEn } from './en/phrases.ts'
import type { PhraseKey, Phrases } from './en/phrases.ts'
import { fill } from './template.ts'
import { phrasesZh } from './zh/phrases.ts'

export type { PhraseKey } from './en/phrases.ts'

const PHRASES: Readonly<Record<Locale, Phrases>> = { en: phrasesEn, zh: phrasesZh }

/** A phrase of the cards and answers in a language, with its facts put in. */
export function phrase(key: PhraseKey, facts: Facts, locale: Locale): string {
  return fill(PHRASES[locale][key], facts, locale)
}

/** The template itself, for the tests that compare the languages. */
export function phraseTemplate(key: PhraseKey, locale: Locale): string {
  return PHRASES[locale][key]
}
