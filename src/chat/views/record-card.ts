import type { RecordFacts } from '../../wire/card-facts.ts'
import { notification } from '../escape.ts'
import { cut } from '../limits.ts'
import { context, header, section, type Card } from './blocks.ts'
import { fitted } from './fit.ts'
import { put, told, type Look } from './look.ts'

/** The record cannot be believed or read: what that means, and what to do. Edited when it is over; it has nothing to press. */
export function recordCard(facts: RecordFacts, look: Look): Card {
  const { cluster, at, endedAt } = facts
  const { what, next } = told(look, facts.what)
  const over = endedAt !== undefined
  const words = { cluster, what: cut(what, 500) }
  return fitted((room) => ({
    text: notification(put(look, over ? 'textRecordOver' : 'textRecordLost', words)),
    blocks: [
      header(put(look, over ? 'recordOver' : 'recordLost', words)),
      section(`${put(look, 'whatHappened')}\n${cut(what, room.prose)}`),
      ...(over ? [] : [section(`${put(look, 'recordMeans')}\n${put(look, 'whatNext')}\n${cut(next, room.prose)}`)]),
      context(put(look, 'recordContext', { at, endedAt })),
    ],
  }))
}
