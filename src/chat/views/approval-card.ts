import type { ApprovalFacts } from '../../wire/card-facts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { notification, tame } from '../escape.ts'
import { LIMITS } from '../limits.ts'
import { approvalButtons } from './approval-buttons.ts'
import { approvalDeciders } from './approval-deciders.ts'
import { approvalEvidence } from './approval-evidence.ts'
import { approvalStakes } from './approval-stakes.ts'
import { actions, fields, header, section, type Block, type Card } from './blocks.ts'
import { fitted, prose, within, type Room } from './fit.ts'
import { quote } from './lists.ts'
import { blockIdOf, put, told, type Look, type Place } from './look.ts'
import { PHASE_PHRASES } from './phase-phrases.ts'
import { stepText } from './steps.ts'
import { fromText, phaseText } from './versions.ts'

const HEADERS: Readonly<Record<ApprovalFacts['state'], PhraseKey>> = {
  pending: 'cardPending',
  approved: 'cardApproved',
  started: 'cardStarted',
  rejected: 'cardRejected',
  expired: 'cardExpired',
  superseded: 'cardSuperseded',
  withdrawn: 'cardWithdrawn',
}

const TEXTS: Readonly<Record<Exclude<ApprovalFacts['state'], 'pending'>, PhraseKey>> = {
  approved: 'textApproved',
  started: 'textStarted',
  rejected: 'textRejected',
  expired: 'textExpired',
  superseded: 'textSuperseded',
  withdrawn: 'textWithdrawn',
}

/**
 * One decision, edited in place through its life. Buttons are there only while there is something to decide, and then on the first
 * screen of a phone: what is at stake stands above them, the rest below.
 */
export function approvalCard(facts: ApprovalFacts, look: Look, place: Place): Card {
  const isOpen = facts.state === 'pending' || facts.state === 'approved'
  return fitted((room) => ({
    text: textOf(facts, look),
    blocks: [
      header(put(look, HEADERS[facts.state], headFacts(facts, look))),
      section(`${put(look, 'versions', versionFacts(facts, look))}\n${effect(facts, look)}`),
      ...(isOpen ? [approvalStakes(facts, look)] : ending(facts, look, room)),
      ...actions(blockIdOf(place), approvalButtons(facts, look)),
      ...(isOpen ? [approvalDeciders(facts, look), ...ending(facts, look, room)] : []),
      fields(fieldsOf(facts, look, room)),
      ...(isOpen ? approvalEvidence(facts, look, room) : []),
    ],
  }))
}

/** What the card's phrases speak of: cluster, versions, revision and phase, in the reader's language. */
export function versionFacts(facts: ApprovalFacts, look: Look): Record<string, string> {
  return {
    cluster: facts.cluster,
    from: fromText(look, facts.from),
    to: facts.to.version,
    revision: facts.to.revision,
    phase: phaseText(look, facts.phase),
  }
}

function headFacts(facts: ApprovalFacts, look: Look): Record<string, string | number> {
  return { ...versionFacts(facts, look), n: facts.decisionNumber, all: facts.decisionsInAll }
}

function textOf(facts: ApprovalFacts, look: Look): string {
  const { pending } = PHASE_PHRASES[facts.phase]
  const by = facts.state === 'started' ? facts.startedBy?.user : facts.endedBy?.user
  const text = put(look, facts.state === 'pending' ? pending : TEXTS[facts.state], {
    ...versionFacts(facts, look),
    version: facts.to.version,
    have: facts.approvedBy.length,
    need: facts.need,
    by: by ? look.name(by) : undefined,
    reason: facts.endedBy?.reason,
  })
  return notification(text)
}

function effect(facts: ApprovalFacts, look: Look): string {
  if (facts.state === 'superseded') return `${put(look, 'nothingChanged')} ${put(look, 'useNewerCard')}`
  if (['rejected', 'expired', 'withdrawn'].includes(facts.state)) return put(look, 'nothingChanged')
  return put(look, PHASE_PHRASES[facts.phase].effect, versionFacts(facts, look))
}

function fieldsOf(facts: ApprovalFacts, look: Look, room: Room): string[] {
  const undo = put(look, PHASE_PHRASES[facts.phase].undo)
  return [
    `${put(look, 'fieldChanges')}\n${changes(facts, look, room)}`,
    `${put(look, 'fieldUndo')}\n${undo}`,
    `${put(look, 'fieldRequestedBy')}\n${tame(look.name(facts.requestedBy))}`,
    ...(facts.by ? [`${put(look, 'fieldAskedBy')}\n${facts.by}`] : []),
    ...peopleFields(facts, look),
  ]
}

/** What is written, step by step; saving and proving change nothing. */
function changes(facts: ApprovalFacts, look: Look, room: Room): string {
  const acts = facts.steps.filter((step) => step.phase === facts.phase && !/^(save|prove)/.test(step.kind))
  const { shown, left } = within(
    acts.map((step) => stepText(look, step)),
    { ...room, items: Math.max(1, room.items) },
  )
  const rest = left > 0 ? [put(look, 'andMore', { n: left })] : []
  const how = facts.phase === 'switch' ? [put(look, facts.strategy === 'tag' ? 'strategyTag' : 'strategyPatch')] : []
  return [...shown, ...rest, ...how].join('\n')
}

function peopleFields(facts: ApprovalFacts, look: Look): string[] {
  const at = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
  const person = (who: { user: string; at: string }): string => `${tame(look.name(who.user))}  ${at(who.at)}`
  const result: string[] = []
  if (facts.approvedBy.length > 0) {
    result.push(`${put(look, 'fieldApprovedBy')}\n${facts.approvedBy.slice(0, 5).map(person).join('\n')}`)
  }
  if (facts.startedBy) result.push(`${put(look, 'fieldStartedBy')}\n${person(facts.startedBy)}`)
  if (!facts.endedBy) return result
  const title = facts.state === 'rejected' ? 'fieldRejectedBy' : 'fieldEnded'
  return [...result, `${put(look, title)}\n${person(facts.endedBy)}`]
}

function ending(facts: ApprovalFacts, look: Look, room: Room): Block[] {
  const blocks: Block[] = []
  if (facts.endedBy?.reason)
    blocks.push(quote(put(look, 'fieldReason'), facts.endedBy.reason, Math.min(room.prose, LIMITS.reason)))
  if (!facts.because) return blocks
  const { what, next } = told(look, facts.because)
  return [...blocks, section(prose(what, next, room))]
}
