import type { ApprovalFacts } from '../../wire/card-facts.ts'
import type { Reach } from '../../wire/census.ts'
import type { Coded } from '../../wire/facts.ts'
import { cut } from '../limits.ts'
import { section, type Block } from './blocks.ts'
import { line, put, type Look } from './look.ts'
import { IRREVERSIBLE, PHASE_PHRASES } from './phase-phrases.ts'

/** A few lines of a phone: with more, the buttons would leave the first screen. */
const WORST_MAX = 80

/**
 * What is at stake, above the buttons and never cut for want of room: whom it concerns, the worst that was found, and of a phase that
 * can't be undone for good what stays.
 */
export function approvalStakes(facts: ApprovalFacts, look: Look): Block {
  const irreversible = IRREVERSIBLE.includes(facts.phase) ? [`❗ ${put(look, PHASE_PHRASES[facts.phase].stays)}`] : []
  return section([reachText(facts, look), worstText(facts, look), ...irreversible].join('\n'))
}

function reachText({ reach, phase }: ApprovalFacts, look: Look): string {
  if (!reach) return put(look, 'reachUncounted')
  const counted = put(look, phase === 'install' || phase === 'switch' ? 'reachLine' : 'reachLeft', reach)
  return [counted, ...besides(reach, look)].join(look.locale === 'zh' ? '；' : '; ')
}

function besides({ unowned, unknown }: Reach, look: Look): string[] {
  return [
    ...(unowned > 0 ? [put(look, 'reachUnowned', { n: unowned })] : []),
    ...(unknown > 0 ? [put(look, 'reachUnknown', { n: unknown })] : []),
  ]
}

/** One line: a closed gate before a warning, and where there is neither, that all is well. */
function worstText({ blocked, warnings, checks, notChecked }: ApprovalFacts, look: Look): string {
  const [worst] = [...blocked, ...warnings]
  if (!worst) {
    const unmade = notChecked.length > 0 ? notChecked.length : undefined
    return put(look, 'worstNone', { n: checks.length, unmade })
  }
  const mark = blocked.length > 0 ? '⛔' : '⚠️'
  const more = blocked.length + warnings.length - 1
  const rest = more > 0 ? ` ${put(look, 'worstMore', { n: more })}` : ''
  return `${mark} ${cut(oneLine(worst, look), WORST_MAX)}${rest}`
}

function oneLine(coded: Coded, look: Look): string {
  return line(look, coded).replaceAll('\n', ' ')
}
