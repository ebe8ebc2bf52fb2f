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
  const users = told.to === 'starter' ? [card.requestedBy] : await approversOf(chat, card)
  for (const user of users) await remindOne(chat, outbox, { told, card, link }, user)
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

/**
 * Everybody who may decide, each once: those who are listed, and the members of the groups that are. A guest among them may not, and
 * is told nothing of the cluster.
 */
async function approversOf(chat: Chat, card: ApprovalFacts): Promise<readonly string[]> {
  const members: string[] = []
  for (const id of card.approvers) members.push(...(id.startsWith('S') ? await chat.people.membersOf(id) : [id]))
  const listed = [...new Set(members)].filter((user) => card.requesterMayApprove || user !== card.requestedBy)
  const may: string[] = []
  for (const user of listed) if (await mayDecide(chat, user)) may.push(user)
  return may
}

async function mayDecide(chat: Chat, user: string): Promise<boolean> {
  const person = await chat.people.personOf(user)
  if (!person.ok && person.refusal.code === 'PERSON_UNREADABLE')
    throw new CodedError('PERSON_UNREADABLE', person.refusal.facts)
  return person.ok
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
