import { z } from 'zod'
import { refuse, ok, type Result } from '../kernel/errors.ts'
import { requestId } from '../wire/names.ts'
import { notice } from '../wire/notice.ts'
import type { ApprovalFacts } from '../wire/card-facts.ts'
import { DRAFT_INPUT } from './action-ids.ts'
import type { Chat } from './chat.ts'
import { refusal, type Asker, type Desk } from './asker.ts'
import type { Outbox } from './outbox.ts'
import { clusterAbout } from './views/typed-modal.ts'
import { refuseClicked } from './refuse-clicked.ts'
import { withinTime } from './within-time.ts'
import type { Ask } from '../wire/request.ts'

const submission = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    private_metadata: requestId,
    blocks: z.array(z.object({ block_id: z.string().optional() })).default([]),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), z.object({ value: z.string().nullish() }))) }),
  }),
})

const draft = z.object({ message: z.string(), revision: z.int(), channel: z.string() })

export type Submission = {
  readonly user: string
  readonly id: string
  readonly text: string
  /** The cluster that the dialog is about, where it says it. */
  readonly cluster: string | null
}

/** What was typed into a modal of ours, in its block; null for a payload that is none of ours. */
export function submissionOf(body: unknown, block: string): Submission | null {
  const parsed = submission.safeParse(body)
  if (!parsed.success) return null
  const { user, view } = parsed.data
  const text = view.state.values[block]?.[DRAFT_INPUT]?.value ?? ''
  return {
    user: user.id,
    id: view.private_metadata,
    text: text.trim().slice(0, 500),
    cluster: clusterAbout(view.blocks),
  }
}

/** The decision that a submitted modal asks for. */
export type AskFrom = (card: ApprovalFacts, text: string) => Ask

/**
 * Sends the decision with the card as it stood when the modal was opened, if that is still the card. Answered where the
 * button was clicked; a draft that lapsed can only be said to the person by a message of its own.
 */
export async function onDraftSubmitted(desk: Desk, outbox: Outbox, submitted: Submission, ask: AskFrom): Promise<void> {
  const found = await withinTime(draftOf(desk.chat, submitted), desk.chat.times.memory)
  if (!found) return desk.refuse({ user: submitted.user, channel: '', responseUrl: '' }, refusal('DRAFT_LAPSED'))
  const card = await askOf(desk.chat, found, (facts) => ask(facts, submitted.text))
  if (!card.ok) return refuseClicked(desk, outbox, found.asker, card.refusal)
  await desk.ask(found.asker, card.value.cluster, card.value.ask, submitted.id)
}

type Found = { readonly asker: Asker; readonly message: string; readonly revision: number }

async function draftOf(chat: Chat, submitted: Submission): Promise<Found | null> {
  const reply = await chat.memory.reply(submitted.id)
  if (!reply || reply.user !== submitted.user) return null
  const kept = draft.safeParse(jsonOf(reply.what))
  if (!kept.success) return null
  const { message, revision, channel } = kept.data
  return { asker: { user: submitted.user, channel, responseUrl: reply.url }, message, revision }
}

async function askOf(
  chat: Chat,
  { message, revision }: Found,
  ask: (card: ApprovalFacts) => Ask,
): Promise<Result<{ cluster: string; ask: Ask }>> {
  const row = await chat.memory.row(message)
  if (!row) return refuse('CARD_NOT_REMEMBERED', { message })
  const { data: wanted } = notice.safeParse(JSON.parse(row.wanted))
  if (wanted?.kind !== 'message') return refuse('CARD_NOT_REMEMBERED', { message })
  // As a button of an earlier revision counts: the worker judges whether more than counts changed.
  const { card } = wanted
  if (card.card !== 'approval' || revision > row.wantedRevision || !isOpen(card)) {
    return refuse('STALE_CARD', { message })
  }
  return ok({ cluster: row.cluster, ask: ask(card) })
}

function isOpen({ state }: ApprovalFacts): boolean {
  return state === 'pending' || state === 'approved'
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
