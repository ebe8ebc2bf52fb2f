import { ok, refuse, type Result } from '../kernel/errors.ts'
import { hashOf } from '../kernel/hash.ts'
import type { OutboxRow } from '../ports/read-model.ts'
import type { ApprovalFacts, CardFacts } from '../wire/card-facts.ts'
import { notice, type MessageNotice } from '../wire/notice.ts'
import type { ClickedCard } from '../wire/request.ts'
import type { Chat } from './chat.ts'
import type { Click } from './click.ts'
import { placeOf } from './views/look.ts'

/** The message that was clicked, as the bot itself stored and drew it. */
export type Clicked = {
  readonly row: OutboxRow
  readonly wanted: MessageNotice
  readonly card: CardFacts
  /** Nothing newer was wanted than what was clicked. */
  readonly isNewest: boolean
}

/**
 * Which message was clicked, from what the bot stored and not from what the payload says: channel and ts must be those of
 * the stored message. It may be an earlier revision of the same: an edit waits its turn, or could not be made, and the second
 * approver looks at the card of a moment ago. What the stored card still offers is what counts, and the worker decides what that click is
 * worth.
 * Else STALE_CARD or CARD_NOT_REMEMBERED.
 */
export async function clickedMessage(chat: Chat, click: Click): Promise<Result<Clicked>> {
  const place = placeOf(click.blockId)
  if (!place) return refuse('STALE_CARD')
  const row = await chat.memory.row(place.message)
  if (!row) return refuse('CARD_NOT_REMEMBERED', { message: place.message })
  const wanted = notice.safeParse(JSON.parse(row.wanted))
  if (!wanted.success || wanted.data.kind !== 'message')
    return refuse('CARD_NOT_REMEMBERED', { message: place.message })
  const clicked = {
    row: await adopted(chat, { ...click, revision: place.revision }, row, wanted.data),
    wanted: wanted.data,
    card: wanted.data.card,
    isNewest: place.revision === row.wantedRevision,
  }
  const same = clicked.row.channel === click.channel && clicked.row.ts === click.ts
  const current = place.revision <= clicked.row.wantedRevision
  return same && current ? ok(clicked) : refuse('STALE_CARD', { message: place.message })
}

/** The same for buttons that decide: the value must name this approval, in a revision that was drawn. */
export function clickedApproval(clicked: Clicked, click: Click): Result<ApprovalFacts> {
  const { card } = clicked
  if (card.card !== 'approval') return refuse('STALE_CARD', { message: clicked.row.message })
  const [id, revision] = click.value.split('.')
  const drawn = id === card.id && /^\d+$/.test(revision ?? '') && Number(revision) <= card.revision
  return drawn ? ok(card) : refuse('STALE_CARD', { message: clicked.row.message })
}

/** What the worker compares with what it sent, so that a forged card can't win a real click. */
export function clickedCard(card: ApprovalFacts): ClickedCard {
  return {
    id: card.id,
    revision: card.revision,
    digest: hashOf(1, card),
    planHash: card.planHash,
    fingerprint: card.fingerprint,
  }
}

/** A post whose reply was lost has no ts in its row: the first click on a copy of ours adopts it. */
async function adopted(
  chat: Chat,
  click: Click & { readonly revision: number },
  row: OutboxRow,
  wanted: MessageNotice,
): Promise<OutboxRow> {
  const channels = [wanted.channel, wanted.fallbackChannel]
  if (row.ts || click.author !== chat.own.botUser || !channels.includes(click.channel)) return row
  const at = { channel: click.channel, ts: click.ts, revision: Math.min(click.revision, row.wantedRevision) }
  await chat.memory.shown(row.message, at)
  return { ...row, channel: at.channel, ts: at.ts, shownRevision: at.revision }
}
