import type { MessageNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { deliverer, type Deliverer } from './deliver.ts'

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
  const working = new Map<string, Promise<void>>()
  const waiting = new Map<string, NodeJS.Timeout>()
  const forced = new Set<string>()
  let sweeper: NodeJS.Timeout | undefined
  let stopped = false

  const later = (message: string, ms: number): void => {
    if (stopped) return
    clearTimeout(waiting.get(message))
    const timer = setTimeout(() => {
      waiting.delete(message)
      kick(message)
    }, ms)
    waiting.set(message, timer)
  }
  const kick = (message: string): void => {
    if (stopped || working.has(message)) return
    const job = work(message).then((again) => {
      working.delete(message)
      if (again !== null || forced.has(message)) later(message, again ?? 0)
    })
    working.set(message, job)
  }
  const work = async (message: string): Promise<number | null> => {
    try {
      if (!(await chat.memory.claim(message, CLAIM_MS))) return BUSY_MS
      const again = await deliver(message, forced.delete(message))
      await chat.memory.free(message)
      return again
    } catch (error) {
      chat.log.error('a message could not be brought to its state', { message, error: String(error) })
      return chat.times.editGap
    }
  }
  const sweep = async (): Promise<void> => {
    const behind = await chat.memory.behind().catch(() => [])
    for (const message of behind) if (!waiting.has(message)) kick(message)
  }

  return {
    want: async (notice) => {
      await save(chat, notice)
      clearTimeout(waiting.get(notice.message))
      waiting.delete(notice.message)
      if (working.has(notice.message)) later(notice.message, 50)
      else kick(notice.message)
    },
    redraw: (message) => {
      forced.add(message)
      kick(message)
    },
    start: () => {
      sweeper = setInterval(() => void sweep(), chat.times.sweep)
    },
    stop: async () => {
      stopped = true
      clearInterval(sweeper)
      for (const timer of waiting.values()) clearTimeout(timer)
      await Promise.all(working.values())
    },
  }
}

/** The row as wanted now; where the worker knows that it was posted before, the post is adopted instead of repeated. */
async function save(chat: Chat, notice: MessageNotice): Promise<void> {
  const { message, cluster, revision, posted } = notice
  await chat.memory.want({ message, cluster, wanted: JSON.stringify(notice), wantedRevision: revision })
  if (!posted) return
  const row = await chat.memory.row(message)
  if (row && !row.ts) await chat.memory.shown(message, posted)
}
