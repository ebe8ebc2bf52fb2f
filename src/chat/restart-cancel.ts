import { newId } from '../kernel/ids.ts'
import { askAsOwner } from './ask-as-owner.ts'
import { refusal, replyOf, type Desk } from './asker.ts'
import type { Click } from './click.ts'
import { clickedMessage } from './clicked-card.ts'
import type { Outbox } from './outbox.ts'
import { refuseClicked } from './refuse-clicked.ts'
import { withinTime } from './within-time.ts'

/** *Take it back* on the card of a picked time. What it is about comes from the stored card, never from the payload. */
export async function onRestartCancelled(desk: Desk, outbox: Outbox, click: Click): Promise<void> {
  const { chat } = desk
  const clicked = await withinTime(clickedMessage(chat, click), chat.times.memory)
  if (!clicked.ok) return refuseClicked(desk, outbox, click, clicked.refusal)
  const { card, row } = clicked.value
  // Also where it began or ended meanwhile: the worker knows when and by whom, and says so.
  if (card.card !== 'restart' || card.id === undefined) {
    return refuseClicked(desk, outbox, click, refusal('STALE_CARD', { message: row.message }))
  }
  const reply = replyOf(chat, click, await chat.names.localeOf(click.user, chat.settings.locale), 'restart-cancel')
  const about = { cluster: row.cluster, channel: click.channel, team: card.team }
  const ask = { kind: 'restart-cancel', run: card.run, team: card.team, restart: card.id } as const
  const why = await askAsOwner(desk, { reply, draft: about }, newId('rq', chat.clocks.machine.now()), ask)
  if (why) await desk.refuse(click, why)
}
