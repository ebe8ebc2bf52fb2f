import type { ModalView } from '@slack/types'
import type { ApprovalFacts } from '../../wire/card-facts.ts'
import { PLAN_VIEW } from '../action-ids.ts'
import { bytesOf, LIMITS, VIEW_BYTES } from '../limits.ts'
import { versionFacts } from './approval-card.ts'
import { classText } from './approval-evidence.ts'
import { context, header, plain, section, type Block } from './blocks.ts'
import { bullets, preformatted } from './lists.ts'
import { line, put, told, type Look } from './look.ts'
import { stepText } from './steps.ts'

/** How many commands of each kind are tried to be shown until the view is small enough. */
const COMMANDS = [20, 10, 5, 2]
const LINES = 40
const LINE_CHARS = 500

/** Everything an approver may want to read: exact commands, how to undo them without us, all checks, what is missing. */
export function planModal(facts: ApprovalFacts, look: Look): ModalView {
  const views = COMMANDS.map((most) => viewOf(facts, look, most))
  const [least] = views.slice(-1)
  const view = views.find((each) => bytesOf(each) <= VIEW_BYTES) ?? least
  if (!view) throw new RangeError('no room to draw in')
  return view
}

function viewOf(facts: ApprovalFacts, look: Look, most: number): ModalView {
  const blocks: Block[] = [
    section(put(look, 'versions', versionFacts(facts, look))),
    ...(facts.by ? [section(`${put(look, 'fieldAskedBy')}\n${facts.by}`)] : []),
    ...listed(
      look,
      'planBlocked',
      facts.blocked.map((each) => sentence(look, each)),
    ),
    ...listed(
      look,
      'planSteps',
      facts.steps.map((step) => stepText(look, step)),
    ),
    ...commands(look, 'planCommands', facts.commands, most),
    ...commands(look, 'planUndo', facts.undoCommands, most),
    ...listed(
      look,
      'planClasses',
      facts.classes.map((each) => classText(each, look)),
    ),
    ...listed(
      look,
      'planWarnings',
      facts.warnings.map((each) => sentence(look, each)),
    ),
    ...listed(
      look,
      'planChecks',
      facts.checks.map((each) => line(look, each)),
    ),
    ...listed(
      look,
      'planNotChecked',
      facts.notChecked.map((code) => line(look, { code, facts: {} })),
    ),
    context(put(look, 'planHash', hashes(facts))),
  ]
  return {
    type: 'modal',
    callback_id: PLAN_VIEW,
    title: plain(put(look, 'planTitle'), LIMITS.viewTitle),
    close: plain(put(look, 'planClose'), LIMITS.viewTitle),
    blocks,
  }
}

function hashes(facts: ApprovalFacts): Record<string, string | number> {
  return {
    plan: facts.planHash.slice(0, 12),
    fingerprint: facts.fingerprint.slice(0, 12),
    id: facts.id,
    revision: facts.revision,
  }
}

function sentence(look: Look, coded: ApprovalFacts['warnings'][number]): string {
  const { what, next } = told(look, coded)
  return next ? `${what} ${next}` : what
}

type Title =
  | 'planBlocked'
  | 'planSteps'
  | 'planClasses'
  | 'planChecks'
  | 'planWarnings'
  | 'planNotChecked'
  | 'planCommands'
  | 'planUndo'

function listed(look: Look, title: Title, items: readonly string[]): Block[] {
  if (items.length === 0) return []
  const rest = items.length > LINES ? [put(look, 'planCut', { n: items.length - LINES })] : []
  return [header(put(look, title)), ...bullets([...items.slice(0, LINES), ...rest], LINE_CHARS)]
}

function commands(look: Look, title: Title, all: readonly string[], most: number): Block[] {
  const rest = all.length > most ? [context(put(look, 'planCut', { n: all.length - most }))] : []
  const shown = all.length === 0 ? [context(put(look, 'planNone'))] : all.slice(0, most).map(preformatted)
  return [header(put(look, title)), ...shown, ...rest]
}
