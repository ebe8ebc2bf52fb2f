import type { MessageNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { deliverer, type Deliverer } from './deliver.ts'
import { seriesOf } from './message-series.ts'
import { pumpOf } from './pump.ts'

/** How long one bot may work on one message before another may. */
const CLAIM_MS = 30_000
const BUSY_MS = 1000

/**
 * Brings messages in Slack to their wanted state: one row per message in Redis, the newest revision wins. N bots share the
 * work by claims; what a dead bot left is found by the sweep. Slack away delays, it never throws into callers.
 */
export type Outbox = {
  /** Throws only when the row can't be saved (Redis away): then nothing is promised. */
  readonly want: (notice: MessageNotice) => Promise<void>
  /** Draws the message again although nothing new is wanted: a stale or forged card was clicked. */
  readonly redraw: (message: string) => void
  readonly start: () => void
  /** Lets what is being sent end. */
  readonly stop: () => Promise<void>
}

export function outbox(chat: Chat, deliver: Deliverer = deliverer(chat)): Outbox {
  const forced = new Set<string>()
  const pump = pumpOf((message) => work(chat, deliver, message, forced))
  const sweep = async (): Promise<void> => {
    const behind = await chat.memory.behind().catch(() => [])
    for (const message of behind) if (!pump.waits(message)) pump.kick(message)
  }
  const hurry = async (): Promise<void> => {
    for (const message of await chat.memory.behind().catch(() => [])) pump.kick(message)
  }
  chat.health.onReturn(() => void hurry())
  let sweeper: NodeJS.Timeout | undefined
  return {
    want: async (notice) => {
      await save(chat, notice)
      pump.kick(notice.message)
    },
    redraw: (message) => {
      forced.add(message)
      pump.kick(message)
    },
    start: () => {
      sweeper = setInterval(() => void sweep(), chat.times.sweep)
    },
    stop: () => {
      clearInterval(sweeper)
      return pump.stop()
    },
  }
}

/** One look at one message under a claim; how many ms until the next, or null. Never throws. */
async function work(chat: Chat, deliver: Deliverer, message: string, forced: Set<string>): Promise<number | null> {
  try {
    if (!(await chat.memory.claim(message, CLAIM_MS))) return BUSY_MS
    const again = await deliver(message, forced.delete(message))
    await chat.memory.free(message)
    return forced.has(message) ? 0 : again
  } catch (error) {
    chat.log.error('a message could not be brought to its state', { message, error: String(error) })
    return chat.times.editGap
  }
}

/** The row as wanted now; where the worker knows that it was posted before, the post is adopted instead of repeated. */
async function save(chat: Chat, notice: MessageNotice): Promise<void> {
  const { message, cluster, revision, posted } = notice
  const place = seriesOf(notice)
  if (place) await chat.memory.newest(place.series, place.order)
  await chat.memory.want({ message, cluster, wanted: JSON.stringify(notice), wantedRevision: revision })
  if (!posted) return
  const row = await chat.memory.row(message)
  if (row && !row.ts) await chat.memory.shown(message, posted)
}
