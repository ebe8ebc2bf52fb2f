import type { Overflow } from '@slack/types'
import type { TeamFacts } from '../../wire/card-facts.ts'
import { ACTIONS } from '../action-ids.ts'
import { LIMITS } from '../limits.ts'
import { overflow } from './blocks.ts'
import { put, type Look } from './look.ts'

const NOT_OURS = 'not-ours'
const SNOOZE = 'snooze.'

type Chosen = { readonly kind: 'snooze'; readonly until: string } | { readonly kind: 'not-ours' }

/** What is seldom wanted, under one menu: a later day, or that it is not the team's. Null where there is neither. */
export function moreMenu(facts: TeamFacts, look: Look): Overflow | null {
  const options = choicesOf(facts).map((choice) =>
    choice.kind === 'snooze'
      ? { value: SNOOZE + choice.until, text: put(look, 'menuSnooze', { until: choice.until }) }
      : { value: NOT_OURS, text: put(look, 'menuNotOurs') },
  )
  if (options.length === 0) return null
  return overflow({
    action: ACTIONS.teamMore,
    options,
    confirm: {
      title: put(look, 'confirmMenuTitle'),
      text: put(look, facts.team === null ? 'confirmMenuUnowned' : 'confirmMenu'),
      yes: put(look, 'confirmMenuYes'),
      no: put(look, 'back'),
    },
  })
}

/** What a chosen option means, if the card offers it. */
export function chosenIn(facts: TeamFacts, value: string): Chosen | null {
  const isIt = (choice: Chosen): boolean => value === (choice.kind === 'snooze' ? SNOOZE + choice.until : NOT_OURS)
  return facts.kind === 'nudge' ? (choicesOf(facts).find(isIt) ?? null) : null
}

/** What no team owns can't be *not ours*. */
function choicesOf({ remindDays = [], team }: TeamFacts): readonly Chosen[] {
  const notOurs = team === null ? [] : [{ kind: 'not-ours' as const }]
  const days = remindDays.slice(0, LIMITS.overflowOptions - notOurs.length)
  return [...days.map((until) => ({ kind: 'snooze' as const, until })), ...notOurs]
}
