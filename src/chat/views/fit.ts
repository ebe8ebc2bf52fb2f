import { cut, bytesOf, LIMITS, MESSAGE_BYTES } from '../limits.ts'
import type { Card } from './blocks.ts'
import { withoutNativeBlocks } from './native-blocks.ts'

/** How much a card may show: how many items of a list, characters of each, and characters of free text. */
export type Room = { readonly items: number; readonly chars: number; readonly prose: number }

const ROOMS: readonly Room[] = [
  { items: 8, chars: 200, prose: 1000 },
  { items: 5, chars: 140, prose: 600 },
  { items: 3, chars: 100, prose: 400 },
  { items: 1, chars: 60, prose: 200 },
  { items: 0, chars: 40, prose: 100 },
]

/** The card with the most detail that still fits into one message; what is cut is said by the card itself. */
export function fitted(draw: (room: Room) => Card): Card {
  const cards = ROOMS.map(draw)
  const card = cards.find(fits) ?? cards.at(-1)
  if (!card) throw new RangeError('no room to draw in')
  return card
}

/** What happened and what to do next, each within the room. */
export function prose(what: string, next: string, room: Room): string {
  return next ? `${cut(what, room.prose)}\n${cut(next, room.prose)}` : cut(what, room.prose)
}

/** As it is, and as text where Slack refuses native blocks. */
export function fits(card: Card): boolean {
  return [card, withoutNativeBlocks(card)].every(
    ({ text, blocks }) => blocks.length <= LIMITS.blocks && bytesOf({ text, blocks }) <= MESSAGE_BYTES,
  )
}

/** The first items within the room, and how many were left out. */
export function within(items: readonly string[], room: Room): { readonly shown: string[]; readonly left: number } {
  const shown = items.slice(0, room.items).map((item) => cut(item, room.chars))
  return { shown, left: items.length - shown.length }
}
