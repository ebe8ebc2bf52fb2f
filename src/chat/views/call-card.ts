import type { Button } from '@slack/types'
import type { Facts } from '../../kernel/errors.ts'
import type { CallFacts } from '../../wire/call-facts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { notification, tame } from '../escape.ts'
import { cut } from '../limits.ts'
import { actions, context, header, section, type Card } from './blocks.ts'
import { fitted, type Room } from './fit.ts'
import { blockIdOf, inARow, put, told, type Look, type Place } from './look.ts'
import { reaskButton, resumeButton, rollbackButton, statusButton } from './run-buttons.ts'
import { fromText, phaseText } from './versions.ts'

type Words = Readonly<Record<'header' | 'text' | 'stands' | 'next', PhraseKey>>

const WORDS: Readonly<Record<CallFacts['kind'] | 'back', Words>> = {
  halted: { header: 'callHalted', text: 'textCallHalted', stands: 'callHaltedStands', next: 'callHaltedNext' },
  undone: { header: 'callUndone', text: 'textCallUndone', stands: 'callUndoneStands', next: 'callUndoneNext' },
  back: { header: 'callBack', text: 'textCallBack', stands: 'callBackStands', next: 'callHaltedNext' },
}

/** Posted to call for somebody who must act, since an edit of the other cards notifies nobody; edited once it is seen to. */
export function callCard(facts: CallFacts, look: Look, place: Place): Card {
  const over = facts.state === 'over'
  const { header: title, text } = WORDS[facts.back ? 'back' : facts.kind]
  const words = wordsOf(facts, look)
  return fitted((room) => ({
    text: notification(put(look, over ? 'textCallOver' : text, words)),
    blocks: [
      header(put(look, over ? 'callOver' : title, words)),
      section(over ? seenTo(facts, words, look, room) : needed(facts, look, room)),
      context(put(look, 'callContext', words)),
      ...(over ? [] : actions(blockIdOf(place), buttons(facts, look))),
    ],
  }))
}

function wordsOf(facts: CallFacts, look: Look) {
  return {
    cluster: facts.cluster,
    phase: phaseText(look, facts.phase),
    from: fromText(look, facts.from),
    to: facts.to.version,
    version: facts.to.version,
    gets: facts.gets,
    between: facts.between,
    what: cut(told(look, facts.what).what, 300),
    at: facts.at,
    endedAt: facts.endedAt,
    by: tame(look.name(facts.requestedBy)),
  }
}

function seenTo(facts: CallFacts, words: Facts, look: Look, room: Room): string {
  return `${put(look, 'textCallOver', words)}\n${put(look, 'whatHappened')}\n${cut(told(look, facts.what).what, room.prose)}`
}

/** What happened, how things stand, and what to do. */
function needed(facts: CallFacts, look: Look, room: Room): string {
  const { stands, next: always } = WORDS[facts.back ? 'back' : facts.kind]
  const { what, next } = told(look, facts.what)
  return [
    put(look, 'whatHappened'),
    cut(what, room.prose),
    put(look, stands, { gets: facts.gets, between: facts.between }),
    put(look, 'whatNext'),
    facts.kind === 'halted'
      ? cut(next || put(look, always), room.prose)
      : inARow(look, [cut(next, room.prose), put(look, always)]),
  ].join('\n')
}

function buttons(facts: CallFacts, look: Look): Button[] {
  const onward =
    facts.kind === 'halted' ? resumeButton(facts, look) : reaskButton(facts, phaseText(look, facts.phase), look)
  const back = facts.rollbackOffered ? [rollbackButton(facts, look)] : []
  return [onward, ...back, statusButton(facts.cluster, look)]
}
