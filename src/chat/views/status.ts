import type { Button } from '@slack/types'
import type { ClusterStatus, WorkerPulse } from '../../wire/read-model.ts'
import { ACTIONS } from '../action-ids.ts'
import { notification, tame } from '../escape.ts'
import { cut } from '../limits.ts'
import { actions, button, context, section, type Block, type Card } from './blocks.ts'
import { deadlineLines } from './deadline.ts'
import { fits, fitted, prose, type Room } from './fit.ts'
import { put, runBlock, told, type Look } from './look.ts'
import { migrationLines } from './migration.ts'
import { heldLines } from './moved.ts'
import { rollbackButton, resumeButton, stopButton, type RunAbout } from './run-buttons.ts'
import { runStateText, shownState } from './run-state.ts'
import { fromText, phaseText } from './versions.ts'

/** What is known of one cluster: its status as the worker wrote it, and the worker's last sign of life. */
export type Known = {
  readonly cluster: string
  readonly status: ClusterStatus | null
  readonly pulse: WorkerPulse | null
}

type Run = NonNullable<ClusterStatus['run']>

/** More clusters than this are never drawn in one answer. */
const MOST = 12

/** The answer to `status`: every number with its age. As many clusters as fit; the rest are asked for by name. */
export function statusCard(known: readonly Known[], look: Look): Card {
  for (let shown = Math.min(MOST, known.length); ; shown -= 1) {
    const card = fitted((room) => cardOf(known, shown, look, room))
    if (shown <= 1 || fits(card)) return card
  }
}

function cardOf(known: readonly Known[], count: number, look: Look, room: Room): Card {
  const shown = known.slice(0, count)
  return {
    text: notification(shown.map((each) => textOf(each, look)).join(' ')),
    blocks: [
      ...shown.flatMap((each) => blocksOf(each, look, room, known.length === 1)),
      ...more(look, known.length - count),
      ...actions('status.act', [refreshButton(known, look)]),
    ],
  }
}

function refreshButton(known: readonly Known[], look: Look): Button {
  const [first] = known
  const value = known.length === 1 && first ? first.cluster : ''
  return button({ action: ACTIONS.refresh, text: put(look, 'buttonRefresh'), value, label: put(look, 'labelRefresh') })
}

function more(look: Look, left: number): Block[] {
  return left > 0 ? [context(put(look, 'statusMore', { n: left }))] : []
}

function textOf(known: Known, look: Look): string {
  const run = known.status?.run
  const none = known.status ? 'statusTextNoRun' : 'statusTextUnknown'
  const lineOf = run ? put(look, 'statusTextRun', runFacts(run, look)) : put(look, none)
  return put(look, 'statusText', { cluster: known.cluster, line: lineOf })
}

/** The words of a run's line. */
export function runFacts(run: Run, look: Look): Record<string, string> {
  return {
    from: fromText(look, run.from),
    to: run.to.version,
    phase: phaseOf(run, look),
    state: runStateText(look, shownState(run.state, run.stopped)),
  }
}

function phaseOf(run: Run, look: Look): string {
  if (run.state === 'done') return ''
  return run.state === 'switched' ? put(look, 'phaseMigrate') : phaseText(look, run.phase)
}

function blocksOf(known: Known, look: Look, room: Room, alone: boolean): Block[] {
  const { status } = known
  if (!status) return [section(put(look, 'statusNone', { cluster: known.cluster })), ...refusal(known, look, room)]
  return [
    section(
      [
        `*${tame(status.cluster)}*   ${planes(status, look)}`,
        runLine(status, look),
        ...migrationOf(status, look),
        ...waits(status, look),
        ...open(status, look, room),
      ].join('\n'),
    ),
    ...classes(status, look, room),
    ...trouble(status, look, room),
    ...refusal(known, look, room),
    context(footer(known, status, look)),
    ...(alone && status.run ? actions(runBlock(status.cluster), buttons(status, status.run, look)) : []),
  ]
}

function planes(status: ClusterStatus, look: Look): string {
  return status.controlPlanes
    .slice(0, 6)
    .map((plane) => put(look, 'statusPlanes', plane))
    .join('   ')
}

function runLine(status: ClusterStatus, look: Look): string {
  if (!status.run) return put(look, 'statusNoRun')
  const text = put(look, 'statusRun', runFacts(status.run, look))
  return status.run.stopped ? `${text}\n${put(look, 'statusStopped')}` : text
}

function migrationOf({ census, run }: ClusterStatus, look: Look): readonly string[] {
  return [
    ...(census ? migrationLines(census, look) : []),
    ...deadlineLines(run?.deadline, look),
    ...heldLines(run?.held, look),
  ]
}

function waits({ run }: ClusterStatus, look: Look): readonly string[] {
  if (!run?.waits) return []
  const why = told(look, run.waits).what
  if (run.state === 'done') return [why]
  const { revision } = run.state === 'returning' ? run.to : (run.from[0] ?? run.to)
  return [put(look, 'statusRetire', { revision, why })]
}

function open(status: ClusterStatus, look: Look, room: Room): string[] {
  return (status.run?.open ?? []).slice(0, Math.max(1, room.items)).flatMap(({ card }) => {
    if (card.card !== 'approval') return []
    const facts = { phase: phaseText(look, card.phase), have: card.approvedBy.length, need: card.need }
    return [`⏳ ${put(look, 'statusNeeds', facts)}`]
  })
}

function classes(status: ClusterStatus, look: Look, room: Room): Block[] {
  if (status.classes.length === 0) return []
  const none = put(look, 'classNone')
  const list = status.classes.map((each) => put(look, 'statusClass', { ...each, gets: each.gets ?? none }))
  return [context(cut(put(look, 'statusClasses', { list }), Math.max(120, room.prose)))]
}

function trouble(status: ClusterStatus, look: Look, room: Room): Block[] {
  const all = [...(status.run?.halted ? [status.run.halted] : []), ...(status.run?.alarms ?? [])]
  return all.slice(0, Math.max(1, Math.min(3, room.items))).map((coded) => {
    const { what, next } = told(look, coded)
    return section(`🚨 ${prose(what, next, room)}`)
  })
}

function refusal(known: Known, look: Look, room: Room): Block[] {
  if (!known.pulse?.refuses) return []
  const { what, next } = told(look, known.pulse.refuses)
  return [section(`⚠️ ${prose(what, next, room)}`)]
}

function footer(known: Known, status: ClusterStatus, look: Look): string {
  return put(look, 'statusContext', {
    at: status.at,
    countedAt: status.countedAt ?? undefined,
    by: status.run ? look.name(status.run.requestedBy) : undefined,
    requestedAt: status.run?.requestedAt,
    pulse: known.pulse?.at,
  })
}

function buttons(status: ClusterStatus, run: Run, look: Look): Button[] {
  const about: RunAbout = { cluster: status.cluster, run: run.id, from: run.from, to: run.to }
  const rollback = run.rollbackOffered ? [rollbackButton(about, look)] : []
  if (run.stopped || run.halted) return [resumeButton(about, look), ...rollback]
  return run.state === 'waiting' || run.state === 'running' ? [stopButton(about, look), ...rollback] : rollback
}
