import type { CardFacts } from '../../wire/card-facts.ts'
import { mention } from '../escape.ts'
import { alarmCard } from './alarm-card.ts'
import { approvalCard } from './approval-card.ts'
import { rawContext, type Card } from './blocks.ts'
import { digestCard } from './digest-card.ts'
import { endCard } from './end-card.ts'
import { put, type Look, type Place } from './look.ts'
import { progressCard } from './progress-card.ts'
import { runCard } from './run-card.ts'
import { disownedCard } from './disowned-card.ts'
import { recordCard } from './record-card.ts'
import { teamCard } from './team-card.ts'
import { waitCard } from './wait-card.ts'

/** The one place where facts become a message: every post, edit and repair of a card is drawn here. */
export function drawCard(facts: CardFacts, look: Look, place: Place): Card {
  if (facts.card === 'approval') return approvalCard(facts, look, place)
  if (facts.card === 'progress') return progressCard(facts, look, place)
  if (facts.card === 'digest') return digestCard(facts, look, place)
  if (facts.card === 'team') return teamCard(facts, look, place)
  if (facts.card === 'wait') return waitCard(facts, look, place)
  if (facts.card === 'disowned') return disownedCard(facts, look)
  if (facts.card === 'end') return endCard(facts, look, place)
  if (facts.card === 'record') return recordCard(facts, look)
  if (facts.card === 'alarm') return alarmCard(facts, look, place)
  return runCard(facts, look, place)
}

/** A first post's card with those who must act mentioned, once. */
export function withMentions(card: Card, look: Look, ids: readonly string[]): Card {
  if (ids.length === 0) return card
  const marker = '\u0000'
  const text = put(look, 'mentionLine', { who: marker }).replace(marker, ids.map(mention).join(' '))
  return { text: card.text, blocks: [...card.blocks, rawContext(text)] }
}

/** A card with a plain note under it: why it stands here, or why it has no buttons. */
export function withNote(card: Card, note: string): Card {
  return { text: card.text, blocks: [...card.blocks, rawContext(note)] }
}

/** The card without anything to click. */
export function withoutButtons(card: Card): Card {
  return { text: card.text, blocks: card.blocks.filter((block) => block.type !== 'actions') }
}

/** The action ids that a card offers, to see whether a change takes a button away. */
export function buttonsOf(card: Card): readonly string[] {
  return card.blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.map((element) => element.action_id ?? '') : [],
  )
}
