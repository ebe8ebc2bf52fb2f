import type { ApprovalFacts } from '../../wire/card-facts.ts'
import { cut } from '../limits.ts'
import { context, section, type Block } from './blocks.ts'
import { within, type Room } from './fit.ts'
import { bullets } from './lists.ts'
import { line, put, type Look } from './look.ts'
import { IRREVERSIBLE, PHASE_PHRASES } from './phase-phrases.ts'

/** What stands below the buttons of an open card: who gets what, what can't be undone, what was checked and what was not. */
export function approvalEvidence(facts: ApprovalFacts, look: Look, room: Room): Block[] {
  return [
    ...listed(
      look,
      bySaying(facts.classes).map((each) => classText(each, look)),
      room,
    ),
    ...(IRREVERSIBLE.includes(facts.phase) ? [] : [context(put(look, PHASE_PHRASES[facts.phase].stays))]),
    ...warnings(facts, look, room),
    ...checks(facts, look, room),
    ...notChecked(facts, look, room),
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
