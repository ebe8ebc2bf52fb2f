import type { ApprovalFacts } from '../../wire/card-facts.ts'
import type { ClusterStatus } from '../../wire/read-model.ts'
import { ACTIONS } from '../action-ids.ts'
import { notification } from '../escape.ts'
import { button, context, section, type Block, type Card } from './blocks.ts'
import { put, type Look } from './look.ts'
import { phaseText } from './versions.ts'

const SHOWN = 8

/** An open card that somebody may decide, with the address where it stands, when it was posted. */
export type Waiting = { readonly facts: ApprovalFacts; readonly link: string | null }

/** The cards that wait for this person: theirs to decide or, when approved, to start. */
export function waitingFor(
  statuses: readonly ClusterStatus[],
  person: { readonly user: string; readonly groups: readonly string[] },
  linkOf: (posted: { channel: string; ts: string }) => string,
): Waiting[] {
  return statuses.flatMap((status) =>
    (status.run?.open ?? []).flatMap(({ card, posted }) =>
      card.card === 'approval' && concerns(card, person) ? [{ facts: card, link: posted ? linkOf(posted) : null }] : [],
    ),
  )
}

export function approvalsCard(waiting: readonly Waiting[], look: Look): Card {
  if (waiting.length === 0) {
    const none = put(look, 'approvalsNone')
    return { text: none, blocks: [section(none)] }
  }
  return {
    text: notification(put(look, 'approvalsText', { n: waiting.length })),
    blocks: [
      section(put(look, 'approvalsTitle')),
      ...waiting.slice(0, SHOWN).map((each) => waitingRow(each, look)),
      ...(waiting.length > SHOWN ? [context(put(look, 'approvalsMore', { n: waiting.length - SHOWN }))] : []),
    ],
  }
}

function concerns(card: ApprovalFacts, person: { readonly user: string; readonly groups: readonly string[] }): boolean {
  const approver = card.approvers.some((id) => id === person.user || person.groups.includes(id))
  const requester = card.requestedBy === person.user
  if (card.state === 'approved') return approver || requester
  if (card.state !== 'pending' || card.approvedBy.some((each) => each.user === person.user)) return false
  return approver && (card.requesterMayApprove || !requester)
}

/** One of them, with a button that opens the card. */
export function waitingRow({ facts, link }: Waiting, look: Look): Block {
  const text = put(look, 'approvalsLine', {
    cluster: facts.cluster,
    phase: phaseText(look, facts.phase),
    version: facts.to.version,
    have: facts.approvedBy.length,
    need: facts.need,
    expiresAt: facts.expiresAt,
  })
  const label = put(look, 'approvalsOpen')
  const accessory = button({
    action: ACTIONS.open,
    text: label,
    value: facts.id,
    label,
    ...(link ? { url: link } : {}),
  })
  return link ? { ...section(text), accessory } : section(text)
}
