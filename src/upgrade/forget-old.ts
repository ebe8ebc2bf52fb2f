import type { Run } from '../wire/run.ts'

/** So many of each that are over stay in the record; the audit keeps all of them. */
const KEPT = { cards: 8, alarms: 8, progress: 8, calls: 8 }

/**
 * The run without the oldest of what only grows: a cluster that changes all day ends card after card, a cause that comes and
 * goes for weeks raises alarm after alarm, and neither may fill the record, since then not even a way back could be saved.
 */
export function withoutOld(run: Run): Run {
  const gone = new Set([...oldCards(run), ...oldAlarms(run), ...oldProgress(run), ...oldCalls(run)])
  if (gone.size === 0) return run
  const stays = ({ id }: { readonly id: string }): boolean => !gone.has(id)
  return {
    ...run,
    cards: run.cards.filter(stays),
    alarms: run.alarms.filter(stays),
    progress: run.progress.filter(stays),
    ...(run.calls ? { calls: run.calls.filter(stays) } : {}),
    messages: Object.fromEntries(Object.entries(run.messages).filter(([id]) => !gone.has(id))),
    pending: run.pending.filter((effect) => effect.kind !== 'message' || !gone.has(effect.message)),
  }
}

/** Never a phase's last card: it says who approved what runs, and whether a new one is wanted. */
function oldCards({ cards }: Run): readonly string[] {
  const last = new Set(new Map(cards.map(({ phase, id }) => [phase, id])).values())
  return idsBut(
    cards.filter(({ id }) => !last.has(id)),
    KEPT.cards,
  )
}

function oldAlarms({ alarms }: Run): readonly string[] {
  return idsBut(
    alarms.filter(({ endedAt }) => endedAt),
    KEPT.alarms,
  )
}

function oldProgress({ progress }: Run): readonly string[] {
  return idsBut(progress, KEPT.progress)
}

function oldCalls({ calls = [] }: Run): readonly string[] {
  return idsBut(
    calls.filter(({ endedAt }) => endedAt),
    KEPT.calls,
  )
}

function idsBut(entries: readonly { readonly id: string }[], kept: number): readonly string[] {
  return entries.slice(0, -kept).map(({ id }) => id)
}
