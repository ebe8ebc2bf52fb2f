import type { Button } from '@slack/types'
import { epochOf } from '../../kernel/clock.ts'
import type { ProgressFacts } from '../../wire/card-facts.ts'
import type { PhraseKey } from '../../words/phrases.ts'
import { notification, tame } from '../escape.ts'
import { cut } from '../limits.ts'
import { actions, context, header, section, type Block, type Card } from './blocks.ts'
import { fitted, within, type Room } from './fit.ts'
import { bullets } from './lists.ts'
import { blockIdOf, line, put, told, type Look, type Place } from './look.ts'
import { proofBlocks } from './proofs.ts'
import { reaskButton, resumeButton, rollbackButton, statusButton, stopButton } from './run-buttons.ts'
import { stepText } from './steps.ts'
import { fromText, phaseText } from './versions.ts'

type Shown = ProgressFacts['state'] | 'undoing'

const WORDS: Readonly<Record<Shown, readonly [header: PhraseKey, text: PhraseKey]>> = {
  running: ['progressRunning', 'textRunning'],
  undoing: ['progressUndoing', 'textUndoing'],
  done: ['progressDone', 'textDone'],
  failed: ['progressFailed', 'textFailed'],
  undone: ['progressUndone', 'textUndone'],
  halted: ['progressHalted', 'textHalted'],
}

type StepState = ProgressFacts['steps'][number]['state']

const STEP_WORDS: Readonly<Record<StepState, readonly [mark: string, word: PhraseKey]>> = {
  waiting: ['▫️', 'stepWaiting'],
  running: ['▶️', 'stepRunning'],
  done: ['✅', 'stepDone'],
  failed: ['❌', 'stepFailed'],
  undoing: ['↩️', 'stepUndoing'],
  undone: ['↩️', 'stepUndone'],
  'undo-failed': ['🚨', 'stepUndoFailed'],
}

const BAR = 20

/** A phase while it runs and what came of it: one message, apart from the decision. */
export function progressCard(facts: ProgressFacts, look: Look, place: Place): Card {
  const shown: Shown = facts.state === 'running' && facts.direction === 'undo' ? 'undoing' : facts.state
  const words = about(facts, look)
  return fitted((room) => ({
    text: notification(put(look, WORDS[shown][1], words)),
    blocks: [
      header(put(look, WORDS[shown][0], words)),
      section(lineOf(facts, words, look)),
      ...steps(facts, look, room),
      ...trouble(facts, look, room),
      ...proofBlocks(facts.proofs, look, room),
      ...evidence(facts, look, room),
      context(footer(facts, look)),
      ...actions(blockIdOf(place), buttons(facts, look)),
    ],
  }))
}

type About = ReturnType<typeof about>

function about(facts: ProgressFacts, look: Look) {
  const steps = facts.steps.length
  const wanted = facts.direction === 'undo' ? 'undone' : 'done'
  const ended = facts.steps.filter((each) => each.state === wanted).length
  const step = Math.min(steps, facts.state === 'running' ? ended + 1 : ended)
  return {
    cluster: facts.cluster,
    phase: facts.whole ? put(look, 'progressWhole') : phaseText(look, facts.phase),
    from: fromText(look, facts.from),
    to: facts.to.version,
    version: facts.to.version,
    step,
    steps,
    percent: steps === 0 ? 0 : Math.round((ended / steps) * 100),
    what: facts.error ? cut(line(look, facts.error), 300) : undefined,
  }
}

/** What is undone has no way left to measure, and some of its steps had nothing to undo. */
function lineOf({ state }: ProgressFacts, words: About, look: Look): string {
  if (state === 'undone') return put(look, 'progressLineUndone', words)
  return put(look, 'progressLine', { ...words, bar: barOf(words.percent) })
}

function barOf(percent: About['percent']): string {
  const full = Math.round((percent / 100) * BAR)
  return '█'.repeat(full) + '░'.repeat(BAR - full)
}

function steps(facts: ProgressFacts, look: Look, room: Room): Block[] {
  const lines = facts.steps.map((each) => {
    const [mark, word] = STEP_WORDS[each.state]
    return put(look, 'stepLine', { mark, step: stepText(look, each.step), state: put(look, word), line: each.line })
  })
  const { shown, left } = within(lines, { ...room, items: Math.max(4, room.items * 2) })
  return bullets(left > 0 ? [...shown, put(look, 'andMoreAlone', { n: left })] : shown, 300)
}

function trouble(facts: ProgressFacts, look: Look, room: Room): Block[] {
  if (!facts.error) return []
  const { what, next } = told(look, facts.error)
  const happened = `${put(look, 'whatHappened')}\n${cut(what, room.prose)}`
  return [section(next ? `${happened}\n${put(look, 'whatNext')}\n${cut(next, room.prose)}` : happened)]
}

function evidence(facts: ProgressFacts, look: Look, room: Room): Block[] {
  if (facts.evidence.length === 0 || room.items === 0) return []
  const { shown, left } = within(
    facts.evidence.map((each) => line(look, each)),
    room,
  )
  const rest = left > 0 ? [put(look, 'andMoreAlone', { n: left })] : []
  return [section([put(look, 'evidenceTitle'), ...shown, ...rest].join('\n'))]
}

function footer(facts: ProgressFacts, look: Look): string {
  const approvers = facts.approvedBy.slice(0, 5).map((id) => tame(look.name(id)))
  const took = facts.endedAt ? tookText(look, epochOf(facts.endedAt) - epochOf(facts.startedAt)) : undefined
  return put(look, 'progressContext', { approvers, startedAt: facts.startedAt, endedAt: facts.endedAt, took })
}

function tookText(look: Look, ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return put(look, 'secondsTook', { s: seconds })
  return put(look, 'minutesTook', { m: Math.floor(seconds / 60), s: seconds % 60 })
}

function buttons(facts: ProgressFacts, look: Look): Button[] {
  const rollback = facts.rollbackOffered ? [rollbackButton(facts, look)] : []
  if (facts.state === 'running') return facts.direction === 'undo' ? [] : [stopButton(facts, look), ...rollback]
  if (facts.state === 'halted') return [resumeButton(facts, look), ...rollback, statusButton(facts.cluster, look)]
  if (facts.state === 'done') return [...rollback, statusButton(facts.cluster, look)]
  const reask = facts.reaskOffered ? [reaskButton(facts, phaseText(look, facts.phase), look)] : []
  return [...reask, ...rollback]
}
