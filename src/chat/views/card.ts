import type { CardFacts } from '../../wire/card-facts.ts'
import { mention } from '../escape.ts'
import { alarmCard } from './alarm-card.ts'
import { callCard } from './call-card.ts'
import { concernCard } from './concern-card.ts'
import { previewCard } from './preview-card.ts'
import { approvalCard } from './approval-card.ts'
import { rawContext, type Card } from './blocks.ts'
import { digestCard } from './digest-card.ts'
import { endCard } from './end-card.ts'
import { put, type Look, type Place } from './look.ts'
import { progressCard } from './progress-card.ts'
import { runCard } from './run-card.ts'
import { disownedCard } from './disowned-card.ts'
import { reminderCard } from './reminder-card.ts'
import { restartCard } from './restart-card.ts'
import { recordCard } from './record-card.ts'
import { teamCard } from './team-card.ts'
import { waitCard } from './wait-card.ts'

type Draw<Kind extends CardFacts['card']> = (
  facts: Extract<CardFacts, { card: Kind }>,
  look: Look,
  place: Place,
) => Card

const drawings: { readonly [Kind in CardFacts['card']]: Draw<Kind> } = {
  approval: approvalCard,
  progress: progressCard,
  alarm: alarmCard,
  call: callCard,
  run: runCard,
  digest: digestCard,
  wait: waitCard,
  team: teamCard,
  disowned: disownedCard,
  concern: concernCard,
  preview: previewCard,
  record: recordCard,
  reminder: reminderCard,
  end: endCard,
  restart: restartCard,
}

/** The one place where facts become a message: every post, edit and repair of a card is drawn here. */
export function drawCard(facts: CardFacts, look: Look, place: Place): Card {
  // Each kind has its own drawing, which the compiler can't see through the union.
  const draw = drawings[facts.card] as Draw<CardFacts['card']>
  return draw(facts, look, place)
}

/** A first post's card with those who must act mentioned, once. */
export function withMentions(card: Card, look: Look, ids: readonly string[]): Card {
  if (ids.length === 0) return card
  const marker = '\u0000'
  const text = put(look, 'mentionLine', { who: marker }).replace(marker, ids.map(mention).join(' '))
  return { ...card, blocks: [...card.blocks, rawContext(text)] }
}

/** A card with a plain note under it: why it stands here, or why it has no buttons. */
export function withNote(card: Card, note: string): Card {
  return { ...card, blocks: [...card.blocks, rawContext(note)] }
}

/** The card without anything to click. */
export function withoutButtons(card: Card): Card {
  return { ...card, blocks: card.blocks.filter((block) => block.type !== 'actions') }
}

/** The action ids that a card offers, to see whether a change takes a button away. */
export function buttonsOf(card: Card): readonly string[] {
  return card.blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.map((element) => element.action_id ?? '') : [],
  )
}
