import type { CallFacts } from '../wire/call-facts.ts'
import type { AlarmFacts, CardFacts, ProgressFacts, RunFacts } from '../wire/card-facts.ts'
import type { Run, StepEntry } from '../wire/run.ts'
import type { Coded } from '../wire/facts.ts'
import type { PhaseName } from '../wire/names.ts'
import type { StepPlan } from '../wire/plan.ts'
import { approvalFacts } from './approval-facts.ts'
import { cardById } from './cards.ts'
import { runMessage } from './draft.ts'
import { podsGet } from './pods-get.ts'
import { isResting, nextUndo, stepEntryOf } from './step-order.ts'
import { stopperOf } from './who-stopped.ts'

/** What one message shows now, by its id; null for an id that is none of this run's messages. */
export function messageFacts(run: Run, message: string): CardFacts | null {
  const card = cardById(run, message)
  if (card) return approvalFacts(run, card)
  if (message === runMessage(run)) return runFacts(run)
  const progress = run.progress.find((entry) => entry.id === message)
  if (progress) return progressFacts(run, progress)
  const alarm = run.alarms.find((entry) => entry.id === message)
  if (alarm) return alarmFacts(run, alarm)
  const call = run.calls?.find((entry) => entry.id === message)
  return call ? callFacts(run, call) : null
}

/** Ids of every message of the run, for sending all again after Redis lost its memory. */
export function messagesOf(run: Run): readonly string[] {
  return Object.keys(run.messages)
}

/** Is there something to go back from, and nobody going back yet? */
export function rollbackOffered(run: Run): boolean {
  return (
    !run.rollback && !run.endedAt && nextUndo({ ...run, rollback: { at: run.requestedAt, because: NONE } }) !== null
  )
}

const NONE = { code: 'NONE', facts: {} }

function about(run: Run): Pick<RunFacts, 'cluster' | 'run' | 'from' | 'to'> {
  return { cluster: run.cluster, run: run.id, from: run.plan.from, to: run.plan.to }
}

function progressFacts(run: Run, progress: Run['progress'][number]): ProgressFacts {
  const isWholeWay = takesBackAll(run, progress)
  const steps = isWholeWay ? stepsBack(run) : stepsIn(run, progress.phase)
  const error = errorOn(run, progress, isWholeWay ? [] : steps)
  return {
    card: 'progress',
    ...about(run),
    phase: progress.phase,
    ...(isWholeWay ? { whole: true as const } : {}),
    direction: progress.direction,
    state: progressState(run, progress),
    steps: steps.map(({ step, entry }) => ({ step, state: entry.state })),
    startedAt: progress.startedAt,
    ...(progress.endedAt ? { endedAt: progress.endedAt } : {}),
    approvedBy: progress.approvedBy,
    proofs: steps.findLast(({ entry }) => entry.proofs.length > 0)?.entry.proofs ?? [],
    evidence: steps.flatMap(({ entry }) => entry.evidence),
    ...(error ? { error } : {}),
    rollbackOffered: rollbackOffered(run),
    reaskOffered: isResting(run) && !run.rollback,
  }
}

type Shown = { readonly step: StepPlan; readonly entry: StepEntry }

/** What halts the run is the present card's alone. */
function errorOn(run: Run, { endedAt }: Run['progress'][number], steps: readonly Shown[]): Coded | undefined {
  const failed = steps.findLast(({ entry }) => wentWrong(entry))?.entry.error
  return endedAt ? failed : (run.halted ?? failed)
}

function stepsIn(run: Run, phase: PhaseName): readonly Shown[] {
  return everyStep(run).filter(({ step }) => step.phase === phase)
}

function stepsBack(run: Run): readonly Shown[] {
  return everyStep(run).filter(({ entry }) => goesBack(entry))
}

function everyStep(run: Run): readonly Shown[] {
  return run.plan.steps.flatMap((step) => {
    const entry = stepEntryOf(run, step.id)
    return entry ? [{ step, entry }] : []
  })
}

/** What ended before somebody asked for the way back took back its own phase alone. */
function takesBackAll({ rollback }: Run, { direction, endedAt }: Run['progress'][number]): boolean {
  return rollback !== undefined && direction === 'undo' && (!endedAt || endedAt > rollback.at)
}

/** A step that changed something, or did before it was taken back: of the others nothing has to be undone. */
function goesBack({ acted, state }: StepEntry): boolean {
  return acted || BACK.includes(state)
}

/** A step that is tried anew, or was done then, keeps the error of its earlier attempt; it says nothing of the present one. */
function wentWrong({ error, state }: StepEntry): boolean {
  return error !== undefined && (state === 'failed' || BACK.includes(state))
}

const BACK: readonly StepEntry['state'][] = ['undoing', 'undone', 'undo-failed']

function progressState(run: Run, progress: Run['progress'][number]): ProgressFacts['state'] {
  if (progress.endedAt) return progress.direction === 'undo' ? 'undone' : 'done'
  return run.state === 'halted' ? 'halted' : 'running'
}

function alarmFacts(run: Run, alarm: Run['alarms'][number]): AlarmFacts {
  return {
    card: 'alarm',
    ...about(run),
    phase: run.phase,
    ...(run.state === 'switched' ? { migrating: true as const } : {}),
    what: alarm.what,
    at: alarm.at,
    ...(alarm.endedAt ? { endedAt: alarm.endedAt } : {}),
    rollbackOffered: rollbackOffered(run),
  }
}

function callFacts(run: Run, { id: _, ...call }: NonNullable<Run['calls']>[number]): CallFacts {
  return {
    card: 'call',
    ...about(run),
    ...call,
    state: call.endedAt ? 'over' : 'open',
    ...podsGet(run),
    ...(run.rollback && call.kind === 'halted' ? { back: true as const } : {}),
    requestedBy: run.requestedBy.user,
    rollbackOffered: rollbackOffered(run),
  }
}

function runFacts(run: Run): RunFacts {
  const because = run.halted ?? run.rollback?.because
  return {
    card: 'run',
    ...about(run),
    phase: run.phase,
    state: run.state,
    requestedBy: run.requestedBy.user,
    ...(run.stopped ? { stoppedBy: stopperOf(run) ?? '' } : {}),
    ...(because ? { because } : {}),
    evidence: run.conditions
      .filter((condition) => condition.status === 'True')
      .map(({ reason, facts, since }) => ({ code: reason, facts: { ...facts, since } })),
    rollbackOffered: rollbackOffered(run),
  }
}
