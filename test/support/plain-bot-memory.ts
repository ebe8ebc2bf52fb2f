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
  const newest = new Map<string, number>()
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
    shown: (message, { channel, ts, revision, state, now }) =>
      there(() => {
        const row = rows.get(message)
        if (!row) return
        const { unsure: _, failingSince: __, shownState: ___, shownAt: ____, ...kept } = row
        const drawn = state === undefined || now === undefined ? {} : { shownState: state, shownAt: now }
        rows.set(message, { ...kept, channel, ts, shownRevision: revision, ...drawn })
      }),
    unsure: (message, post) =>
      there(() => {
        const { unsure: _, ...row } = rows.get(message) ?? missing(message)
        rows.set(message, post ? { ...row, unsure: post } : row)
      }),
    failing: (message, nowMs) =>
      there(() => {
        const row = rows.get(message) ?? missing(message)
        const since = row.failingSince ?? nowMs
        rows.set(message, { ...row, failingSince: since })
        return since
      }),
    leave: (message, leftRevision) =>
      there(() => void rows.set(message, { ...(rows.get(message) ?? missing(message)), leftRevision })),
    newest: (series, order) =>
      there(() => {
        const highest = Math.max(order, newest.get(series) ?? order)
        newest.set(series, highest)
        return highest
      }),
    behind: () => there(() => [...rows.values()].filter(isBehind).map((r) => r.message)),
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
  const { leftRevision, ...known } = kept ?? row
  const left = leftRevision !== undefined && known.wanted === row.wanted ? { leftRevision } : {}
  rows.set(row.message, { ...known, ...left, ...row })
  return true
}

function isBehind(row: OutboxRow): boolean {
  return Math.max(row.shownRevision ?? -1, row.leftRevision ?? -1) < row.wantedRevision
}

function missing(message: string): OutboxRow {
  return { message, cluster: '', wanted: '{}', wantedRevision: -1 }
}
