import type { Overflow } from '@slack/types'
import type { TeamFacts } from '../../wire/card-facts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { ACTIONS } from '../action-ids.ts'
import { LIMITS } from '../limits.ts'
import { overflow } from './blocks.ts'
import { put, type Look } from './look.ts'

const NOT_OURS = 'not-ours'
const SNOOZE = 'snooze.'
const TAKE_BACK = 'take-back'

type Chosen = { readonly kind: 'snooze'; readonly until: string } | { readonly kind: 'not-ours' | 'answer-back' }

/** What is seldom wanted, under one menu: a later day, that it is not the team's, or no more of either. Null where there is none. */
export function moreMenu(facts: TeamFacts, look: Look): Overflow | null {
  const options = choicesOf(facts).map((choice) => ({ value: valueOf(choice), text: textOf(choice, look) }))
  if (options.length === 0) return null
  return overflow({
    action: ACTIONS.teamMore,
    options,
    confirm: {
      title: put(look, 'confirmMenuTitle'),
      text: put(look, confirmOf(facts)),
      yes: put(look, 'confirmMenuYes'),
      no: put(look, 'back'),
    },
  })
}

function confirmOf({ answered, team }: TeamFacts): PhraseKey {
  if (answered) return 'confirmTakeBack'
  return team === null ? 'confirmMenuUnowned' : 'confirmMenu'
}

function valueOf(choice: Chosen): string {
  if (choice.kind === 'snooze') return SNOOZE + choice.until
  return choice.kind === 'not-ours' ? NOT_OURS : TAKE_BACK
}

function textOf(choice: Chosen, look: Look): string {
  if (choice.kind === 'snooze') return put(look, 'menuSnooze', { until: choice.until })
  return put(look, choice.kind === 'not-ours' ? 'menuNotOurs' : 'menuTakeBack')
}

/** What a chosen option means, if the card offers it. */
export function chosenIn(facts: TeamFacts, value: string): Chosen | null {
  return facts.kind === 'nudge' ? (choicesOf(facts).find((choice) => valueOf(choice) === value) ?? null) : null
}

/** What no team owns can't be *not ours*; what was answered can only be taken back. */
function choicesOf({ remindDays = [], team, answered }: TeamFacts): readonly Chosen[] {
  if (answered) return [{ kind: 'answer-back' }]
  const notOurs = team === null ? [] : [{ kind: 'not-ours' as const }]
  const days = remindDays.slice(0, LIMITS.overflowOptions - notOurs.length)
  return [...days.map((until) => ({ kind: 'snooze' as const, until })), ...notOurs]
}
