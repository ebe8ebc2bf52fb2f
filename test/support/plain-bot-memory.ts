import type { BotMemory, OutboxRow, Reply } from '../../src/ports/read-model.ts'

/** The bot's memory as plain maps in this process, for tests of the chat that need no Redis. `lost` makes it throw. */
export type PlainMemory = BotMemory & {
  readonly rows: Map<string, OutboxRow>
  readonly replies: Map<string, Reply>
  readonly languages: Map<string, string>
  lost: boolean
}

export function plainBotMemory(): PlainMemory {
  const rows = new Map<string, OutboxRow>()
  const replies = new Map<string, Reply>()
  const languages = new Map<string, string>()
  const seen = new Set<string>()
  const claimed = new Set<string>()
  const there = <T>(act: () => T): Promise<T> =>
    memory.lost ? Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:6379')) : Promise.resolve(act())
  const memory: PlainMemory = {
    rows,
    replies,
    languages,
    lost: false,
    row: (message) => there(() => rows.get(message) ?? null),
    want: (row) => there(() => want(rows, row)),
    shown: (message, at) =>
      there(() => {
        const row = rows.get(message)
        if (row) rows.set(message, { ...row, channel: at.channel, ts: at.ts, shownRevision: at.revision })
      }),
    behind: () =>
      there(() => [...rows.values()].filter((r) => (r.shownRevision ?? -1) < r.wantedRevision).map((r) => r.message)),
    claim: (message) =>
      there(() => {
        if (claimed.has(message)) return false
        claimed.add(message)
        return true
      }),
    free: (message) => there(() => void claimed.delete(message)),
    keepReply: (request, reply) => there(() => void replies.set(request, reply)),
    reply: (request) => there(() => replies.get(request) ?? null),
    firstTime: (key) =>
      there(() => {
        if (seen.has(key)) return false
        seen.add(key)
        return true
      }),
    chosen: (user) => there(() => languages.get(user) ?? null),
    choose: (user, language) => there(() => void languages.set(user, language)),
    renewEpoch: () => there(() => false),
  }
  return memory
}

function want(rows: Map<string, OutboxRow>, row: OutboxRow): boolean {
  const kept = rows.get(row.message)
  if (kept && kept.wantedRevision > row.wantedRevision) return false
  rows.set(row.message, { ...kept, ...row })
  return true
}
