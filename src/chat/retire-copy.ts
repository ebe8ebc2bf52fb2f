import { notice, type MessageNotice } from '../wire/notice.ts'
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
  await retireAt(chat, wanted, { channel: click.channel, ts: click.ts })
}

/** Takes the buttons from one copy of a message; a failure is only logged. */
export async function retireAt(
  chat: Chat,
  wanted: MessageNotice,
  { channel, ts }: { readonly channel: string; readonly ts: string },
): Promise<void> {
  const { message } = wanted
  try {
    const card = withoutButtons(await cardFor(chat, wanted, { first: false, shared: false, blocks: 'plain' }))
    await chat.reading.chat.update({ channel, ts, text: card.text, blocks: card.blocks })
  } catch (error) {
    chat.log.warn('a copy of a card could not be retired', { message, error: String(error) })
  }
}
