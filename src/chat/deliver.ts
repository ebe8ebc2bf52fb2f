import { epochOf } from '../kernel/clock.ts'
import type { OutboxRow } from '../ports/read-model.ts'
import { notice, type MessageNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { poster, type Poster, type Put } from './post.ts'
import { sendRequest } from './requests.ts'
import { buttonsOf } from './views/card.ts'

const DAY_MS = 86_400_000
const REMEMBERED = 500
const FIRST_RETRY_MS = 1000
const LONGEST_RETRY_MS = 60_000

/** Brings one message up to date; how many ms until it must be looked at again, or null when there is nothing to do. */
export type Deliverer = (message: string, force: boolean) => Promise<number | null>

type ShownAt = { readonly channel: string; readonly ts: string; readonly revision: number }

/** How often in a row a message could not be sent, and when it is tried again (epoch ms). */
type Failure = { readonly count: number; readonly until: number }

type Shown = { readonly at: number; readonly state: string; readonly buttons: readonly string[] }

export function deliverer(chat: Chat, put: Poster = poster(chat)): Deliverer {
  const shown = new Map<string, Shown>()
  const failures = new Map<string, Failure>()
  const given = new Set<string>()

  const ended = (row: OutboxRow, wanted: MessageNotice, done: Extract<Put, { ok: true }>): void => {
    failures.delete(row.message)
    if (shown.size >= REMEMBERED) shown.delete(shown.keys().next().value ?? '')
    const at = chat.clocks.machine.now()
    shown.set(row.message, { at, state: stateOf(wanted), buttons: buttonsOf(done.card) })
  }
  const failed = (row: OutboxRow, wanted: MessageNotice, trouble: Extract<Put, { ok: false }>): number | null => {
    if (trouble.waitMs !== undefined) return trouble.waitMs
    const count = (failures.get(row.message)?.count ?? 0) + 1
    const now = chat.clocks.machine.now()
    const wait = backoff(count)
    failures.set(row.message, { count, until: now + wait })
    if (now - epochOf(wanted.at) < DAY_MS) return wait
    given.add(keyOf(row))
    chat.log.error('a message was given up after a day', { message: row.message, error: trouble.error })
    return null
  }

  return async (message, force) => {
    const row = await chat.memory.row(message)
    if (!row || given.has(keyOf(row))) return null
    const wanted = wantedOf(row)
    if (!force && !isBehind(row)) return confirmed(chat, row, wanted)
    const early = force
      ? 0
      : Math.max(pauseMs(chat, row, wanted, shown.get(message)), restMs(chat, failures.get(message)))
    if (early > 0) return early
    const done = await put(row, wanted)
    if (!done.ok) return failed(row, wanted, done)
    ended(row, wanted, done)
    await remember(chat, row, wanted, done)
    const now = await chat.memory.row(message)
    return now && isBehind(now) ? 0 : null
  }
}

/** What is left of the wait after a failure: news of the same message neither shortens it nor counts as one more failure. */
function restMs(chat: Chat, failure: Failure | undefined): number {
  return failure ? Math.max(0, failure.until - chat.clocks.machine.now()) : 0
}

/** Edits close together are merged into one, except those that change the state or take buttons away. */
function pauseMs(chat: Chat, row: OutboxRow, wanted: MessageNotice, last: Shown | undefined): number {
  if (!row.ts || !last || last.state !== stateOf(wanted)) return 0
  return Math.max(0, last.at + chat.times.editGap - chat.clocks.machine.now())
}

/** What decides which buttons a card has: its kind and state, and whether the way back is offered. */
function stateOf({ card }: MessageNotice): string {
  if (card.card === 'alarm') return `alarm ${card.endedAt ?? ''} ${card.rollbackOffered}`
  if (card.card === 'team') return `team ${JSON.stringify(card.answered ?? null)}`
  // The end of a record's alarm takes no button away, and may wait with the others.
  if (!('state' in card)) return card.card
  const back = 'rollbackOffered' in card ? card.rollbackOffered : ''
  return `${card.card} ${card.state} ${back}`
}

async function remember(
  chat: Chat,
  row: OutboxRow,
  wanted: MessageNotice,
  done: Extract<Put, { ok: true }>,
): Promise<void> {
  const { channel, ts } = done
  await chat.memory.shown(row.message, { channel, ts, revision: wanted.revision })
  if (done.posted || wanted.confirm) await tellShown(chat, row, { channel, ts, revision: wanted.revision })
}

/** The worker asks again for what it was not told, though it is shown: its answer was lost. */
async function confirmed(chat: Chat, row: OutboxRow, wanted: MessageNotice): Promise<null> {
  const { channel, ts, shownRevision: revision } = row
  if (wanted.confirm && channel && ts && revision !== undefined) await tellShown(chat, row, { channel, ts, revision })
  return null
}

async function tellShown(chat: Chat, row: OutboxRow, at: ShownAt): Promise<void> {
  await sendRequest(chat, { cluster: row.cluster, ask: { kind: 'posted', message: row.message, ...at } })
}

function wantedOf(row: OutboxRow): MessageNotice {
  const parsed = notice.parse(JSON.parse(row.wanted))
  if (parsed.kind !== 'message') throw new TypeError(`row ${row.message} wants no message`)
  return parsed
}

function isBehind(row: OutboxRow): boolean {
  return (row.shownRevision ?? -1) < row.wantedRevision
}

function keyOf(row: OutboxRow): string {
  return `${row.message} ${row.wantedRevision}`
}

function backoff(count: number): number {
  const base = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(count, 10))
  return base / 2 + (Math.random() * base) / 2
}
