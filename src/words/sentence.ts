import type { Code } from '../wire/codes.ts'

/** What happened and what it means, then what to do next; `next` is absent for plain evidence. Templates of template.ts. */
export type Sentence = readonly [what: string, next?: string]

/** Every code has its sentence: a catalogue in which one is missing doesn't compile. */
export type Catalogue = Readonly<Record<Code, Sentence>>
