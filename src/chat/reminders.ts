import { CodedError } from '../kernel/errors.ts'
import type { ApprovalFacts, ReminderFacts } from '../wire/card-facts.ts'
import { notice, type MessageNotice, type RemindNotice } from '../wire/notice.ts'
import type { Chat } from './chat.ts'
import { linkTo, linkToMessage } from './message-link.ts'
import type { Outbox } from './outbox.ts'
import { channelLocale } from './settings.ts'

/**
 * Brings the reminders of one card to their state: the first time each approver who has not decided gets one, or who is to start what was
 * approved; later those who got one see what became of it. Told from the newest state that is known here, since notices may come late and twice. Throws where the members of a
 * group can't be read, or Redis is away: the notice is tried again.
 */
export async function remind(chat: Chat, outbox: Outbox, told: RemindNotice): Promise<void> {
  const card = await newestOf(chat, told)
  if (card === null) return
  const link = (await linkToMessage(chat, card.id)) ?? (told.posted ? linkTo(chat, told.posted) : null)
  const one = (user: string): Promise<void> => remindOne(chat, outbox, { told, card, link }, user)
  if (told.to === 'starter') return one(card.requestedBy)
  await eachWhoMay(chat, await listedOn(chat, card), one)
}

type Reminding = { readonly told: RemindNotice; readonly card: ApprovalFacts; readonly link: string | null }

async function remindOne(chat: Chat, outbox: Outbox, { told, card, link }: Reminding, user: string): Promise<void> {
  const starts = told.to === 'starter'
  const message = `${card.id}.${starts ? 'start' : 'remind'}.${user}`
  const row = await chat.memory.row(message)
  const stage = starts ? TO_START[card.state] : stageToDecide(card, user)
  const place = told.places?.[message]
  if (!row && !place && !(told.first && stage === (starts ? 'start' : 'open'))) return
  const facts = factsFor(card, stage, link)
  const wanted = await noticeFor(chat, told, message, user, facts, card.revision)
  return outbox.want(place ? { ...wanted, posted: place } : wanted)
}

/** The card as the bot was last told to show it, where that is newer than what the notice says. */
async function newestOf(chat: Chat, { card }: RemindNotice): Promise<ApprovalFacts | null> {
  if (card.card !== 'approval') return null
  const row = await chat.memory.row(card.id)
  const known = row ? notice.safeParse(JSON.parse(row.wanted)) : null
  const shown = known?.success && known.data.kind === 'message' ? known.data.card : null
  return shown?.card === 'approval' && shown.revision > card.revision ? shown : card
}

/** Everybody who is listed, each once: by themselves or as the member of a group. */
async function listedOn(chat: Chat, card: ApprovalFacts): Promise<readonly string[]> {
  const members: string[] = []
  for (const id of card.approvers) members.push(...(id.startsWith('S') ? await chat.people.membersOf(id) : [id]))
  return [...new Set(members)].filter((user) => card.requesterMayApprove || user !== card.requestedBy)
}

/** So many are asked of Slack at a time. */
const AT_ONCE = 10

/**
 * Tells each who may decide as soon as Slack has said so of them: a guest may not, and is told nothing of the cluster. Where Slack says
 * nothing of some, the others are told all the same, and it throws at the end: tried again, who is known already is not asked for. Where
 * too much was asked nobody else is, this time.
 */
async function eachWhoMay(chat: Chat, users: readonly string[], tell: (user: string) => Promise<void>): Promise<void> {
  const failures: Error[] = []
  const tellOne = async (user: string): Promise<void> => {
    if (await chat.people.mayDecide(user)) await tell(user)
  }
  for (let from = 0; from < users.length && !failures.some(isLimited); from += AT_ONCE) {
    const told = await Promise.allSettled(users.slice(from, from + AT_ONCE).map(tellOne))
    for (const one of told) if (one.status === 'rejected') failures.push(asError(one.reason))
  }
  if (failures[0]) throw failures[0]
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}

function isLimited(error: Error): boolean {
  return error instanceof CodedError && error.facts['error'] === 'ratelimited'
}

function stageToDecide({ approvedBy, state }: ApprovalFacts, user: string): ReminderFacts['stage'] {
  if (state !== 'pending') return state
  return approvedBy.some((each) => each.user === user) ? 'thanks' : 'open'
}

/** To whoever is to start it. */
const TO_START: Readonly<Record<ApprovalFacts['state'], ReminderFacts['stage']>> = {
  pending: 'open',
  approved: 'start',
  started: 'started',
  rejected: 'rejected',
  expired: 'lapsed',
  superseded: 'superseded',
  withdrawn: 'withdrawn',
}

function factsFor(card: ApprovalFacts, stage: ReminderFacts['stage'], link: string | null): ReminderFacts {
  const { cluster, run, from, to, phase, requestedBy, need, expiresAt } = card
  const by = card.startedBy ?? card.endedBy ?? card.approvedBy.at(-1)
  return {
    card: 'reminder',
    cluster,
    run,
    from,
    to,
    phase,
    requestedBy,
    need,
    expiresAt,
    stage,
    have: card.approvedBy.length,
    ...(by ? { by: by.user, at: by.at } : {}),
    ...(link === null ? {} : { link }),
  }
}

async function noticeFor(
  chat: Chat,
  { cluster, at }: RemindNotice,
  message: string,
  user: string,
  card: ReminderFacts,
  revision: number,
): Promise<MessageNotice> {
  const locale = await chat.names.localeOf(user, channelLocale(chat.settings, cluster))
  const id = `${message}.${revision}`
  return { v: 1, kind: 'message', id, cluster, at, message, revision, channel: user, mention: [], locale, card }
}
