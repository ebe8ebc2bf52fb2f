import type { Chat } from './chat.ts'

/** The address of a message that we posted. */
export function linkTo({ own }: Pick<Chat, 'own'>, posted: { readonly channel: string; readonly ts: string }): string {
  return new URL(`archives/${posted.channel}/p${posted.ts.replace('.', '')}`, own.url).href
}

/** The same for a message of ours by its name; null where nobody remembers that it was posted. */
export async function linkToMessage(chat: Pick<Chat, 'own' | 'memory'>, message: string): Promise<string | null> {
  const row = await chat.memory.row(message).catch(() => null)
  return row?.channel && row.ts ? linkTo(chat, { channel: row.channel, ts: row.ts }) : null
}
