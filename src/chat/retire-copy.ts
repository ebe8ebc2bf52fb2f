import { notice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import type { Click } from './click.ts'
import { cardFor } from './draw-message.ts'
import { withoutButtons } from './views/card.ts'

/**
 * A post whose reply was lost may stand in the channel twice (posts are not idempotent). The copy that the row doesn't
 * name loses its buttons when somebody clicks it, so that it can't be clicked for ever.
 */
export async function retireCopy(chat: Chat, click: Click, message: string): Promise<void> {
  const row = await chat.memory.row(message)
  if (!row?.ts || click.author !== chat.own.botUser) return
  if (row.ts === click.ts && row.channel === click.channel) return
  const wanted = notice.parse(JSON.parse(row.wanted))
  if (wanted.kind !== 'message') return
  const card = withoutButtons(await cardFor(chat, wanted, { first: false, shared: false, textOnly: false }))
  await chat.reading.chat
    .update({ channel: click.channel, ts: click.ts, text: card.text, blocks: card.blocks })
    .catch((error: unknown) =>
      chat.log.warn('a copy of a card could not be retired', { message, error: String(error) }),
    )
}
