import { MENTIONED } from './views/approval-deciders.ts'
import type { MessageNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { movedNote } from './moved-note.ts'
import { channelLocale } from './settings.ts'
import type { Card } from './views/blocks.ts'
import { drawCard, withMentions, withNote, withoutButtons } from './views/card.ts'
import { put } from './views/look.ts'
import { withoutNativeBlocks } from './views/native-blocks.ts'

export type Drawing = {
  /** A post, not an edit: those who must act are mentioned. */
  readonly first: boolean
  /** The channel is shared with another organisation: no approval buttons there. */
  readonly shared: boolean
  /** `plain`: native charts and tables as text; `none`: the notification's text alone. */
  readonly blocks: 'all' | 'plain' | 'none'
  /** It stands elsewhere than it was meant to, with Slack's word for why, as long as that is known. */
  readonly moved?: { readonly because?: string }
}

/** The card of a notice in its channel's language, with what its place asks for. */
export async function cardFor(chat: Chat, wanted: MessageNotice, drawing: Drawing): Promise<Card> {
  const look = await chat.names.lookFor(wanted.locale ?? channelLocale(chat.settings, wanted.cluster), wanted.card)
  const place = { message: wanted.message, revision: wanted.revision }
  const drawn = drawCard(wanted.card, look, place)
  if (drawing.blocks === 'none') return { text: drawn.text, blocks: [] }
  const card = drawing.blocks === 'plain' ? withoutNativeBlocks(drawn) : drawn
  const approvers = wanted.card.card === 'approval' ? wanted.card.approvers.slice(0, MENTIONED) : []
  const others = wanted.mention.filter((id) => !approvers.includes(id))
  const named = drawing.first ? withMentions(card, look, others) : card
  const noted = drawing.moved ? withNote(named, put(look, movedNote(drawing.moved.because))) : named
  return drawing.shared ? withNote(withoutButtons(noted), put(look, 'sharedChannelNote')) : noted
}
