import type { Button } from '@slack/types'
import type { ApprovalFacts } from '../../wire/card-facts.ts'
import { ACTIONS, type ActionId } from '../action-ids.ts'
import { button, type Confirm } from './blocks.ts'
import { put, type Look } from './look.ts'
import { PHASE_PHRASES } from './phase-phrases.ts'
import { fromText, phaseText } from './versions.ts'
import type { PhraseKey } from '../../words/phrases.ts'

/** What may be clicked in each state; nothing that decides is left once it is decided. */
export function approvalButtons(facts: ApprovalFacts, look: Look): Button[] {
  const plan = simple(facts, look, ACTIONS.plan, 'buttonPlan', 'labelPlan')
  if (facts.state === 'pending') return [approve(facts, look), reject(facts, look), plan]
  if (facts.state === 'approved') return [start(facts, look), reject(facts, look), plan]
  if (facts.state === 'started') return [plan]
  if (facts.state === 'rejected' || facts.state === 'expired') {
    return [simple(facts, look, ACTIONS.reask, 'buttonReask', 'labelReask'), plan]
  }
  return []
}

/** `<approval id>.<revision>`: routing data that the bot compares with what it stored, never a right. */
export function valueOf(facts: ApprovalFacts): string {
  return `${facts.id}.${facts.revision}`
}

function approve(facts: ApprovalFacts, look: Look): Button {
  return button({
    action: ACTIONS.approve,
    text: put(look, 'buttonApprove'),
    value: valueOf(facts),
    label: put(look, 'labelApprove', about(facts, look)),
    style: 'primary',
    // A removal is approved in a modal of its own, where the cluster's name is typed.
    ...(facts.phase === 'retire' ? {} : { confirm: confirm(facts, look, 'confirmApproveTitle', 'buttonApprove') }),
  })
}

function reject(facts: ApprovalFacts, look: Look): Button {
  return button({
    action: ACTIONS.reject,
    text: put(look, 'buttonReject'),
    value: valueOf(facts),
    label: put(look, 'labelReject', about(facts, look)),
    style: 'danger',
  })
}

function start(facts: ApprovalFacts, look: Look): Button {
  return button({
    action: ACTIONS.start,
    text: put(look, 'buttonStart'),
    value: valueOf(facts),
    label: put(look, 'labelStart', about(facts, look)),
    style: 'primary',
    confirm: confirm(facts, look, 'confirmStartTitle', 'buttonStart'),
  })
}

function simple(facts: ApprovalFacts, look: Look, action: ActionId, text: PhraseKey, label: PhraseKey): Button {
  return button({ action, text: put(look, text), value: valueOf(facts), label: put(look, label, about(facts, look)) })
}

function confirm(facts: ApprovalFacts, look: Look, title: PhraseKey, yes: PhraseKey): Confirm {
  return {
    title: put(look, title, about(facts, look)),
    text: put(look, PHASE_PHRASES[facts.phase].confirm, about(facts, look)),
    yes: put(look, yes),
    no: put(look, 'back'),
  }
}

function about(facts: ApprovalFacts, look: Look): Record<string, string> {
  return {
    cluster: facts.cluster,
    phase: phaseText(look, facts.phase),
    from: fromText(look, facts.from),
    to: facts.to.version,
  }
}
