import { answerEntries } from './answer-entries.ts'
import { cardEntries } from './card-entries.ts'
import type { GalleryEntry } from './gallery-entry.ts'
import { homeEntries } from './home-entries.ts'
import { modalEntries } from './modal-entries.ts'

const LANGUAGES = ['en', 'zh'] as const

/** Every card, answer and dialog in every state and language: of an ordinary cluster, and with the longest data there is. */
export function gallery(): readonly GalleryEntry[] {
  return LANGUAGES.flatMap((lang) => [
    ...cardEntries(lang, 'usual'),
    ...answerEntries(lang),
    ...modalEntries(lang, 'usual'),
    ...homeEntries(lang, 'usual'),
    ...[...cardEntries(lang, 'worst'), ...modalEntries(lang, 'worst'), ...homeEntries(lang, 'worst')].map(longest),
  ])
}

const LONGEST = ', longest data'

function longest(entry: GalleryEntry): GalleryEntry {
  return { ...entry, name: `${entry.name}${LONGEST}` }
}

/** Drawn with data that no cluster has, to see that nothing breaks. */
export function isLongest({ name }: GalleryEntry): boolean {
  return name.endsWith(LONGEST)
}
