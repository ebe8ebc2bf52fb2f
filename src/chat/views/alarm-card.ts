import type { AlarmFacts } from '../../wire/card-facts.ts'
import { notification } from '../escape.ts'
import { cut } from '../limits.ts'
import { actions, context, header, section, type Card } from './blocks.ts'
import { fitted, type Room } from './fit.ts'
import { blockIdOf, put, told, type Look, type Place } from './look.ts'
import { rollbackButton, statusButton } from './run-buttons.ts'
import { phaseText } from './versions.ts'

/** Drift or a gap: what was seen, who wrote it, what to do. Edited when it is over; never removed. */
export function alarmCard(facts: AlarmFacts, look: Look, place: Place): Card {
  const over = facts.endedAt !== undefined
  const { what, next } = told(look, facts.what)
  const words = { cluster: facts.cluster, to: facts.to.version, version: facts.to.version, what: cut(what, 500) }
  const rollback = facts.rollbackOffered && !over ? [rollbackButton(facts, look)] : []
  return fitted((room) => ({
    text: notification(put(look, over ? 'textAlarmOver' : 'textAlarmOn', words)),
    blocks: [
      header(put(look, over ? 'alarmOver' : 'alarmOn', words)),
      section(happened(what, over ? '' : next, look, room)),
      context(put(look, 'alarmContext', { at: facts.at, endedAt: facts.endedAt, phase: phaseOf(facts, look) })),
      ...actions(blockIdOf(place), [...rollback, statusButton(facts.cluster, look)]),
    ],
  }))
}

function phaseOf({ phase, migrating }: AlarmFacts, look: Look): string {
  return migrating ? put(look, 'phaseMigrate') : phaseText(look, phase)
}

function happened(what: string, next: string, look: Look, room: Room): string {
  const first = `${put(look, 'whatHappened')}\n${cut(what, room.prose)}`
  return next ? `${first}\n${put(look, 'whatNext')}\n${cut(next, room.prose)}` : first
}
