import type { Locale } from '../../src/wire/names.ts'

/** One picture of the gallery: what Slack is given, word for word. `name` says what it is and in which state. */
export type GalleryEntry = {
  readonly name: string
  readonly lang: Locale
  readonly surface: 'message' | 'ephemeral' | 'modal' | 'home'
  /** What notifications and screen readers get; of a modal its title. */
  readonly text: string
} & ({ readonly blocks: readonly object[] } | { readonly view: object })
