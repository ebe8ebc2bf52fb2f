import type { ReminderFacts } from '../../wire/card-facts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { ACTIONS } from '../action-ids.ts'
import { notification } from '../escape.ts'
import { actions, button, section, type Block, type Card } from './blocks.ts'
import { blockIdOf, put, type Look, type Place } from './look.ts'
import { fromText, phaseText } from './versions.ts'

const STAGES: Readonly<Record<ReminderFacts['stage'], PhraseKey>> = {
  open: 'reminderOpen',
  thanks: 'reminderThanks',
  approved: 'reminderApproved',
  started: 'reminderStarted',
  rejected: 'reminderRejected',
  expired: 'reminderExpired',
  superseded: 'reminderSuperseded',
  withdrawn: 'reminderWithdrawn',
  start: 'reminderStart',
  lapsed: 'reminderLapsed',
}

/** How long what is asked of the reader can be done. */
const UNTIL: Readonly<Partial<Record<ReminderFacts['stage'], PhraseKey>>> = { open: 'decideBy', start: 'startBy' }

/**
 * To one approver alone, at half the time of a card, or to whoever is to start what was approved; edited once somebody does. Decided and
 * started is on the card, where all of it stands.
 */
export function reminderCard(facts: ReminderFacts, look: Look, place: Place): Card {
  const words = {
    cluster: facts.cluster,
    phase: phaseText(look, facts.phase),
    from: fromText(look, facts.from),
    to: facts.to.version,
    requester: look.name(facts.requestedBy),
    have: facts.have,
    need: facts.need,
    by: facts.by ? look.name(facts.by) : undefined,
    at: facts.at,
  }
  const title = put(look, 'reminderTitle', words)
  const stage = put(look, STAGES[facts.stage], words)
  const untilKey = UNTIL[facts.stage]
  const until = untilKey ? [put(look, untilKey, { at: facts.expiresAt })] : []
  return {
    text: notification(`${title} ${stage}`),
    blocks: [section([title, stage, ...until].join('\n')), ...opening(facts, look, place)],
  }
}

function opening({ link, cluster, stage }: ReminderFacts, look: Look, place: Place): Block[] {
  if (!link) return []
  const text = put(look, 'reminderButton')
  const label = put(look, 'reminderLabel', { cluster })
  const style = UNTIL[stage] ? { style: 'primary' as const } : {}
  return actions(blockIdOf(place), [button({ action: ACTIONS.open, text, value: 'card', label, url: link, ...style })])
}
