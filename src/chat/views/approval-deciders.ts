import type { ApprovalFacts } from '../../wire/card-facts.ts'
import { mention, mrkdwn, tame } from '../escape.ts'
import { context, rawContext, type Block } from './blocks.ts'
import { put, type Look } from './look.ts'

/**
 * Who decides, until when, and what becomes of it if nobody does. The approvers are mentioned: they are those who must act. An edit
 * notifies nobody again (chat.update never does).
 */
export function approvalDeciders(facts: ApprovalFacts, look: Look): Block {
  const until = put(look, facts.state === 'pending' ? 'decideBy' : 'startBy', { at: facts.expiresAt })
  if (facts.approvers.length === 0) return context(put(look, 'nobodyMayApprove'), until)
  const marker = '\u0000'
  const who = facts.approvers
    .slice(0, 10)
    .map(facts.state === 'pending' ? mention : (id) => mrkdwn(tame(look.name(id))))
  const text = put(look, 'approversLine', { approvers: marker, have: facts.approvedBy.length, need: facts.need })
  const requester = put(look, facts.requesterMayApprove ? 'requesterMay' : 'requesterMayNot')
  return rawContext(mrkdwn(text).replace(marker, who.join(' ')), mrkdwn(requester), mrkdwn(until))
}
