import type { Button } from '@slack/types'
import type { RunFacts } from '../../wire/card-facts.ts'
import { notification } from '../escape.ts'
import { cut } from '../limits.ts'
import { actions, context, header, section, type Block, type Card } from './blocks.ts'
import { fitted, prose, within, type Room } from './fit.ts'
import { blockIdOf, line, put, told, type Look, type Place } from './look.ts'
import { resumeButton, rollbackButton, statusButton } from './run-buttons.ts'
import { runHeader, runStateText, shownState } from './run-state.ts'
import { fromText } from './versions.ts'

/** The run as a whole: posted when it was stopped, resumed, went back or ended. */
export function runCard(facts: RunFacts, look: Look, place: Place): Card {
  const isStopped = facts.stoppedBy !== undefined && !['returned', 'ended'].includes(facts.state)
  const state = shownState(facts.state, isStopped)
  const words = {
    cluster: facts.cluster,
    from: fromText(look, facts.from),
    to: facts.to.version,
    revision: facts.to.revision,
    state: runStateText(look, state),
    what: facts.because ? cut(line(look, facts.because), 300) : undefined,
  }
  return fitted((room) => ({
    text: notification(put(look, 'textRun', words)),
    blocks: [
      header(put(look, runHeader(state), words)),
      section(`${put(look, 'versions', words)}${means(state, look, words)}${held(state, isStopped, look)}`),
      ...because(facts, look, room),
      ...evidence(facts, look, room),
      context(footer(facts, look)),
      ...actions(blockIdOf(place), buttons(facts, isStopped, look)),
    ],
  }))
}

function means(state: string, look: Look, words: Record<string, string | undefined>): string {
  if (state === 'returning') return `\n${put(look, 'runReturningMeans', words)}`
  if (state === 'done') return `\n${put(look, 'runDoneMeans', words)}`
  if (state === 'switched') return `\n${put(look, 'runSwitchedMeans', words)}`
  return ''
}

/** A stop that came on the way back is said beside it. */
function held(state: string, isStopped: boolean, look: Look): string {
  return isStopped && state !== 'stopped' ? `\n${put(look, 'statusStopped')}` : ''
}

function because(facts: RunFacts, look: Look, room: Room): Block[] {
  if (!facts.because) return []
  const { what, next } = told(look, facts.because)
  return [section(prose(what, next, room))]
}

function evidence(facts: RunFacts, look: Look, room: Room): Block[] {
  if (facts.evidence.length === 0 || room.items === 0) return []
  const { shown, left } = within(
    facts.evidence.map((each) => line(look, each)),
    room,
  )
  const rest = left > 0 ? [put(look, 'andMoreAlone', { n: left })] : []
  return [section([put(look, 'evidenceTitle'), ...shown, ...rest].join('\n'))]
}

function footer(facts: RunFacts, look: Look): string {
  const stoppedBy = facts.stoppedBy ? look.name(facts.stoppedBy) : undefined
  return put(look, 'runContext', { by: look.name(facts.requestedBy), stoppedBy, run: facts.run })
}

function buttons(facts: RunFacts, isStopped: boolean, look: Look): Button[] {
  const rollback = facts.rollbackOffered ? [rollbackButton(facts, look)] : []
  const resume = isStopped || facts.state === 'halted' ? [resumeButton(facts, look)] : []
  return [...resume, ...rollback, statusButton(facts.cluster, look)]
}
