import { objectOf, objectsOf, textOf, type Json } from '../../../slack-server/json.ts'
import type { MessagePart, PageState } from '../../page-state.ts'

/** The bot's newest message that carries something that was or is to be decided; an answer or a digest does not. */
export function newestCard({ messages, workspace }: PageState): MessagePart | null {
  return messages.findLast((one) => one.user === workspace.bot.user && !one.onlyForMe && isCard(one)) ?? null
}

/** The words over a card. */
export function headerOf({ blocks }: MessagePart): string {
  return textOf(objectOf(blocks.find(isHeader)?.['text'])['text'])
}

function isCard({ blocks }: MessagePart): boolean {
  return blocks.some(isHeader) && blocks.some(hasDecision)
}

function isHeader(block: Json): boolean {
  return block['type'] === 'header'
}

function hasDecision(block: Json): boolean {
  return objectsOf(block['elements']).some((element) => /^(approval|run)\./.test(textOf(element['action_id'])))
}
