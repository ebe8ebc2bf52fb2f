import type { Json } from '../../../slack-server/json.ts'
import type { Names } from '../text/draw-text.ts'

/** What drawing a block needs besides the block: who reads, and what pressing something in it does. */
export type Show = Names & {
  /** Tells apart elements of the same ids in different places. */
  readonly key: string
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly channels: readonly { readonly id: string; readonly name: string }[]
  readonly press: (pressed: Pressed) => void
  /** A modal keeps what is typed until it is submitted; null elsewhere. */
  readonly form: Form | null
}

export type Pressed = {
  readonly element: Json
  readonly blockId: string
  /** Null for a button. */
  readonly chosen: Choice | null
}

export type Choice = string | number | readonly string[] | null

export type Form = {
  readonly set: (blockId: string, value: Choice) => void
  /** What is wrong with the fields, by block id. */
  readonly errors: Readonly<Record<string, string>>
}
