import type { ApprovalFacts } from '../../wire/card-facts.ts'
import { mention, mrkdwn, tame } from '../escape.ts'
import { cut } from '../limits.ts'
import { context, rawContext, section, type Block } from './blocks.ts'
import { within, type Room } from './fit.ts'
import { bullets } from './lists.ts'
import { line, put, type Look } from './look.ts'
import { PHASE_PHRASES } from './phase-phrases.ts'

const OPEN: readonly string[] = ['pending', 'approved']

/** What an approver needs to see to decide: who gets what, what was checked, what was not, and what can't be undone. */
export function approvalEvidence(facts: ApprovalFacts, look: Look, room: Room): Block[] {
  if (!OPEN.includes(facts.state)) return []
  return [
    ...listed(
      look,
      bySaying(facts.classes).map((each) => classText(each, look)),
      room,
    ),
    ...warnings(facts, look, room),
    context(put(look, PHASE_PHRASES[facts.phase].stays)),
    ...checks(facts, look, room),
    ...notChecked(facts, look, room),
    approvers(facts, look),
  ]
}

export function classText(each: ApprovalFacts['classes'][number], look: Look): string {
  const none = put(look, 'classNone')
  return put(look, each.before === each.after ? 'classStays' : 'classLine', {
    key: each.key,
    namespaces: each.namespaces,
    pods: each.pods,
    before: each.before ?? none,
    after: each.after ?? none,
  })
}

/** Those that move first, then those that are injected, then the rest; more pods before fewer. */
function bySaying(classes: ApprovalFacts['classes']): ApprovalFacts['classes'] {
  const rank = (each: ApprovalFacts['classes'][number]): number =>
    each.before !== each.after ? 0 : each.before === null ? 2 : 1
  return classes.toSorted((a, b) => rank(a) - rank(b) || b.pods - a.pods)
}

function listed(look: Look, items: readonly string[], room: Room): Block[] {
  const { shown, left } = within(items, room)
  const rest = left > 0 ? [put(look, 'andMore', { n: left })] : []
  return bullets([...shown, ...rest], 300)
}

/** Closed gates first: nobody can go on until they are open. */
function warnings(facts: ApprovalFacts, look: Look, room: Room): Block[] {
  if (facts.warnings.length + facts.blocked.length === 0) return []
  const { shown, left } = within(
    [
      ...facts.blocked.map((each) => `⛔ ${line(look, each)}`),
      ...facts.warnings.map((each) => `⚠️ ${line(look, each)}`),
    ],
    { ...room, items: Math.max(1, room.items) },
  )
  const rest = left > 0 ? [put(look, 'andMore', { n: left })] : []
  return [section([...shown, ...rest].join('\n'))]
}

function checks(facts: ApprovalFacts, look: Look, room: Room): Block[] {
  if (facts.checks.length === 0) return []
  const { shown, left } = within(
    facts.checks.map((each) => `✅ ${line(look, each)}`),
    room,
  )
  const rest = left > 0 ? [put(look, 'andMore', { n: left })] : []
  return [context(`${put(look, 'checksTitle')} ${[...shown, ...rest].join('   ')}`)]
}

function notChecked(facts: ApprovalFacts, look: Look, room: Room): Block[] {
  if (facts.notChecked.length === 0) return []
  const names = facts.notChecked.map((code) => line(look, { code, facts: {} }))
  const text = put(look, 'notCheckedTitle', { list: names.join(look.locale === 'zh' ? '、' : '; ') })
  return [context(cut(text, Math.max(150, room.chars * room.items)))]
}

/** The approvers are mentioned: they are those who must act. An edit notifies nobody again (chat.update never does). */
function approvers(facts: ApprovalFacts, look: Look): Block {
  if (facts.approvers.length === 0) return context(put(look, 'nobodyMayApprove'))
  const marker = '\u0000'
  const who = facts.approvers
    .slice(0, 10)
    .map(facts.state === 'pending' ? mention : (id) => mrkdwn(tame(look.name(id))))
  const text = put(look, 'approversLine', { approvers: marker, have: facts.approvedBy.length, need: facts.need })
  const requester = put(look, facts.requesterMayApprove ? 'requesterMay' : 'requesterMayNot')
  return rawContext(mrkdwn(text).replace(marker, who.join(' ')), mrkdwn(requester))
}
