import { epochOf } from '../kernel/clock.ts'
import { delayMs } from '../kernel/retry.ts'
import type { OutboxRow } from '../ports/read-model.ts'
import { notice, type MessageNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { seriesOf } from './message-series.ts'
import { ownDrawings, type OwnDrawings } from './own-drawings.ts'
import { poster, type Poster } from './post.ts'
import type { Put } from './put.ts'
import { sendRequest } from './requests.ts'

const DAY_MS = 86_400_000
const RETRY = { firstMs: 2000, maxMs: 60_000 }

/** Brings one message up to date; how many ms until it must be looked at again, or null when there is nothing to do. */
export type Deliverer = (message: string, force: boolean) => Promise<number | null>

type ShownAt = { readonly channel: string; readonly ts: string; readonly revision: number }

/** How often in a row a message could not be sent, when it is tried again (epoch ms), and how often Slack had come back by then. */
type Failure = { readonly count: number; readonly until: number; readonly returns: number }

export function deliverer(chat: Chat, put: Poster = poster(chat)): Deliverer {
  const failures = new Map<string, Failure>()
  const own = ownDrawings()

  const failed = async (
    row: OutboxRow,
    wanted: MessageNotice,
    trouble: Extract<Put, { ok: false }>,
  ): Promise<number | null> => {
    if (trouble.waitMs !== undefined) return trouble.waitMs
    if (trouble.late) return leave(chat, row, 'a message is not posted, since what it asks for is decided')
    const now = chat.clocks.machine.now()
    const since = await chat.memory.failing(row.message, now)
    if (trouble.lost || now - Math.max(since, epochOf(wanted.at)) >= DAY_MS) return giveUp(chat, row, trouble.error)
    const count = (failures.get(row.message)?.count ?? 0) + 1
    const wait = Math.round(delayMs(RETRY, count))
    failures.set(row.message, { count, until: now + wait, returns: chat.health.returns() })
    return wait
  }

  return async (message, force) => {
    const known = await chat.memory.row(message)
    if (!known) return null
    const row = await own.recall(chat, known)
    const wanted = wantedOf(row)
    if (!force && !isBehind(row)) return confirmed(chat, row, wanted)
    if (await isOvertaken(chat, row, wanted)) return null
    const early = force ? 0 : Math.max(pauseMs(chat, row, wanted), restMs(chat, failures.get(message)))
    if (early > 0) return early
    const done = await put(row, wanted)
    if (!done.ok) return failed(row, wanted, done)
    failures.delete(message)
    await remember(chat, own, row, wanted, done)
    const now = await chat.memory.row(message)
    return now && isBehind(now) ? 0 : null
  }
}

/** Said once, loudly: after this nobody tries again, also no bot that starts later. */
async function giveUp(chat: Chat, row: OutboxRow, error: string): Promise<null> {
  await chat.memory.leave(row.message, row.wantedRevision)
  chat.health.gaveUp()
  chat.log.error('a message was given up', { message: row.message, revision: row.wantedRevision, error })
  return null
}

/** What was never shown, and is old news by now, is not posted any more: after an outage the channel gets the present. */
async function isOvertaken(chat: Chat, row: OutboxRow, wanted: MessageNotice): Promise<boolean> {
  const place = seriesOf(wanted)
  if (!place || row.ts || row.unsure) return false
  if ((await chat.memory.newest(place.series, place.order)) <= place.order) return false
  await leave(chat, row, 'a message is not posted, since a newer one says more')
  return true
}

/** Not posted, and nobody misses it. */
async function leave(chat: Chat, row: OutboxRow, why: string): Promise<null> {
  await chat.memory.leave(row.message, row.wantedRevision)
  chat.log.info(why, { message: row.message })
  return null
}

/** What is left of the wait after a failure: news of the same message neither shortens it nor counts as one more failure. */
function restMs(chat: Chat, failure: Failure | undefined): number {
  if (!failure || failure.returns !== chat.health.returns()) return 0
  return Math.max(0, failure.until - chat.clocks.machine.now())
}

/** Edits close together, by whichever bot, are merged into one, except those that change the state or take buttons away. */
function pauseMs(chat: Chat, row: OutboxRow, wanted: MessageNotice): number {
  if (!row.ts || row.shownAt === undefined || row.shownState !== stateOf(wanted)) return 0
  const { editGap } = chat.times
  // Another bot's clock may be ahead of ours.
  return Math.min(editGap, Math.max(0, row.shownAt + editGap - chat.clocks.machine.now()))
}

/** What decides which buttons a card has: its kind and state, and whether the way back is offered. */
function stateOf({ card }: MessageNotice): string {
  if (card.card === 'alarm') return `alarm ${card.endedAt ?? ''} ${card.rollbackOffered}`
  if (card.card === 'team') return `team ${card.kind} ${JSON.stringify(card.answered ?? null)} ${card.replaced ?? ''}`
  // The end of a record's alarm takes no button away, and may wait with the others.
  if (!('state' in card)) return card.card
  const back = 'rollbackOffered' in card ? card.rollbackOffered : ''
  return `${card.card} ${card.state} ${back}`
}

async function remember(
  chat: Chat,
  own: OwnDrawings,
  row: OutboxRow,
  wanted: MessageNotice,
  done: Extract<Put, { ok: true }>,
): Promise<void> {
  const { channel, ts, revision } = done
  // Of a post that was found nobody knows what it looks like, unless it is the one that is wanted.
  const drawn = revision === wanted.revision ? { state: stateOf(wanted), now: chat.clocks.machine.now() } : null
  own.keep(row.message, drawn && { channel, ts, revision, ...drawn })
  await chat.memory.shown(row.message, { channel, ts, revision, ...drawn })
  if (done.posted || wanted.confirm) await tellShown(chat, row, { channel, ts, revision })
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
  return Math.max(row.shownRevision ?? -1, row.leftRevision ?? -1) < row.wantedRevision
}
