import type { ApprovalFacts } from '../../wire/card-facts.ts'
import { mention, mrkdwn, tame } from '../escape.ts'
import { context, rawContext, type Block } from './blocks.ts'
import { put, type Look } from './look.ts'

/** So many are mentioned, which takes no room; or, when they need not act any more, named. A longer list is better a user group. */
export const MENTIONED = 30
const NAMED = 10

/**
 * Who decides, until when, and what becomes of it if nobody does. The approvers are mentioned: they are those who must act. An edit
 * notifies nobody again (chat.update never does).
 */
export function approvalDeciders(facts: ApprovalFacts, look: Look): Block {
  const until = put(look, facts.state === 'pending' ? 'decideBy' : 'startBy', { at: facts.expiresAt })
  if (facts.approvers.length === 0) return context(put(look, 'nobodyMayApprove'), until)
  const most = facts.state === 'pending' ? MENTIONED : NAMED
  const marker = '\u0000'
  const who = facts.approvers
    .slice(0, most)
    .map(facts.state === 'pending' ? mention : (id) => mrkdwn(tame(look.name(id))))
  const more = Math.max(0, facts.approvers.length - most) || undefined
  const text = put(look, 'approversLine', { approvers: marker, more, have: facts.approvedBy.length, need: facts.need })
  const requester = put(look, facts.requesterMayApprove ? 'requesterMay' : 'requesterMayNot')
  return rawContext(
    mrkdwn(text).replace(marker, () => who.join(' ')),
    mrkdwn(requester),
    mrkdwn(until),
  )
}
