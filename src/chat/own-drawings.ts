import type { OutboxRow, Shown } from '../ports/read-model.ts'
import type { Chat } from './chat.ts'

/** What this bot drew itself and when, which it knows also after Redis forgot it. */
export type OwnDrawings = {
  /** `drawn` null: nobody knows any more what the message looks like. */
  readonly keep: (message: string, drawn: Shown | null) => void
  /**
   * The row with what was forgotten of our own drawing, saved again. Without it each flush costs an edit per message, at
   * once and without a gap, and soon all edits wait for the minute of Slack's limit (chat.update is Tier 3, 50 a minute).
   */
  readonly recall: (chat: Chat, row: OutboxRow) => Promise<OutboxRow>
}

/** Far more than one run has; the oldest are forgotten. */
const MOST = 2000

export function ownDrawings(): OwnDrawings {
  const drawings = new Map<string, Shown>()
  return {
    keep: (message, drawn) => {
      drawings.delete(message)
      if (!drawn) return
      drawings.set(message, drawn)
      const [oldest] = drawings.keys()
      if (drawings.size > MOST && oldest !== undefined) drawings.delete(oldest)
    },
    recall: async (chat, row) => {
      const drawn = drawings.get(row.message)
      if (!drawn || !isForgotten(row, drawn)) return row
      await chat.memory.shown(row.message, drawn)
      return (await chat.memory.row(row.message)) ?? row
    },
  }
}

/** The row knows of this very message, as the worker told it, but of no drawing; and of nothing newer by another bot. */
function isForgotten(row: OutboxRow, drawn: Shown): boolean {
  const same = row.ts === drawn.ts && row.channel === drawn.channel
  return same && !row.unsure && row.shownAt === undefined && (row.shownRevision ?? -1) <= drawn.revision
}
