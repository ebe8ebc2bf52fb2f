import type { CardFacts } from '../../src/wire/card-facts.ts'
import { CARD_STATES, RUN_STATES } from '../../src/wire/run.ts'
import { drawCard } from '../../src/chat/views/card.ts'
import type { Locale } from '../../src/wire/names.ts'
import {
  alarmSample,
  callSample,
  concernSample,
  digestSample,
  disownedSample,
  endSample,
  previewSample,
  recordSample,
  runSample,
  teamSample,
  unownedSample,
  waitSample,
} from '../support/card-samples.ts'
import { keptSample } from '../support/kept-samples.ts'
import { approvalSample, progressSample } from '../support/phase-samples.ts'
import { REMINDER_STAGES, reminderSample } from '../support/reminder-samples.ts'
import { AT, DEADLINE, look, type Size } from '../support/sample-size.ts'
import { RESTART_CARDS, restartSample } from '../support/restart-samples.ts'
import type { GalleryEntry } from './gallery-entry.ts'

export const PLACE = { message: 'ap-01jd9q4t7h0123456789abcdef', revision: 3 }

/** Every card that is posted, in every state, by its name. */
export function everyCard(size: Size): readonly (readonly [string, CardFacts])[] {
  return [...approvals(size), ...progresses(size), ...teams(size), ...runs(size), ...others(size)]
}

export function cardEntries(lang: Locale, size: Size): readonly GalleryEntry[] {
  return everyCard(size).map(([name, facts]) => ({
    name,
    lang,
    surface: 'message',
    ...drawCard(facts, look(lang), PLACE),
  }))
}

type Named = readonly (readonly [string, CardFacts])[]

function approvals(size: Size): Named {
  const phases = ['install', 'switch', 'rehearse', 'retire'] as const
  const { startedBy: _, ...atOnce } = approvalSample(size, 'started', 'install')
  return [
    ...CARD_STATES.flatMap((state) =>
      phases.map((phase) => [`approval, ${phase}, ${state}`, approvalSample(size, state, phase)] as const),
    ),
    ['approval, install, started at once', atOnce],
    ['approval, switch, asked for by a day', { ...approvalSample(size, 'pending', 'switch'), by: '2026-12-04' }],
  ]
}

function progresses(size: Size): Named {
  const states = ['running', 'done', 'failed', 'undone', 'halted'] as const
  const { error: _, ...kept } = progressSample(size, 'undone', true)
  return [
    ...states.map((state) => [`progress, switch, ${state}`, progressSample(size, state)] as const),
    ['progress, switch, undoing', progressSample(size, 'running', true)],
    ['progress, everything, undone', { ...kept, direction: 'undo', phase: 'retire', whole: true }],
    ...(['install', 'rehearse', 'retire'] as const).map(
      (phase) => [`progress, ${phase}, done`, progressSample(size, 'done', false, phase)] as const,
    ),
  ]
}

function teams(size: Size): Named {
  const kinds = ['told', 'nudge', 'done'] as const
  return [
    ...kinds.map((kind) => [`team, ${kind}`, teamSample(size, kind)] as const),
    ['team, nudge, owners may restart', { ...teamSample(size, 'nudge'), restarts: 'owners' }],
    ['team, nudge, snoozed, owners may restart', { ...teamSample(size, 'nudge', 'snooze'), restarts: 'owners' }],
    ...RESTART_CARDS.map((name) => [`restart, ${name}`, restartSample(size, name)] as const),
    ['team, nudge, snoozed', teamSample(size, 'nudge', 'snooze')],
    ['team, nudge, not theirs', teamSample(size, 'nudge', 'not-ours')],
    ...kinds.map((kind) => [`unowned, ${kind}`, unownedSample(size, kind)] as const),
    ['unowned, nudge, snoozed', unownedSample(size, 'nudge', 'snooze')],
    ['team, nudge, by a day', { ...teamSample(size, 'nudge'), deadline: DEADLINE }],
    ['team, nudge, kept by tools', keptSample(size)],
    ['team, nudge, replaced', { ...teamSample(size, 'nudge'), replaced: true, workloads: [], more: 0 }],
    ['team, nudge, over', { ...teamSample(size, 'nudge'), replaced: true, over: true, workloads: [], more: 0 }],
    ['team, nudge, gone', { ...teamSample(size, 'nudge'), replaced: true, gone: true, workloads: [], more: 0 }],
    ['unowned, nudge, replaced', { ...unownedSample(size, 'nudge'), replaced: true, workloads: [], more: 0 }],
    ['disowned', disownedSample(size)],
    ['disowned, by no member', { ...disownedSample(size), outsider: true }],
    ['concern, help', concernSample(size, 'help')],
    ['concern, help, not counted', concernSample(size, 'help', false)],
    ['concern, silent', concernSample(size, 'silent')],
    ['concern, silent, unowned', { ...concernSample(size, 'silent'), team: null }],
    ['preview, held', previewSample(size, 'held')],
    ['preview, sent', previewSample(size, 'sent')],
    ['preview, nobody left', previewSample(size, 'nobody')],
    ['preview, over', previewSample(size, 'over')],
  ]
}

function runs(size: Size): Named {
  return [
    ...RUN_STATES.map((state) => [`run, ${state}`, runSample(size, state, false)] as const),
    ['run, stopped', runSample(size, 'waiting', true)],
    ['run, returning, stopped', runSample(size, 'returning', true)],
    ['run, of a newer version', runSample(size, 'levitating', false)],
  ]
}

function others(size: Size): Named {
  return [
    ['alarm', alarmSample(size, false)],
    ['alarm, over', alarmSample(size, true)],
    ...(['halted', 'undone'] as const).map((kind) => [`call, ${kind}`, callSample(size, kind)] as const),
    ['call, in the middle of the switch', callSample(size, 'halted', { between: ['1.30', '1.31'] })],
    ['call, on the way back', callSample(size, 'halted', { back: true })],
    ['call, over', callSample(size, 'halted', { state: 'over', endedAt: AT })],
    ['record', recordSample(size, false)],
    ['record, over', recordSample(size, true)],
    ['wait', waitSample(size)],
    ['wait, nobody left', { ...waitSample(size), pods: { old: 0, new: 42, other: 0 }, teams: [], because: undefined }],
    ['digest', digestSample(size, false)],
    ['digest, late', digestSample(size, true)],
    ['digest, reminders held', { ...digestSample(size, false), held: 3 }],
    ['end, done', endSample(size, 'done')],
    ['end, returned', endSample(size, 'returned')],
    ['end, with restarts by owners', endSample(size, 'done', true, 2)],
    ['end, not counted', endSample(size, 'done', false)],
    ...REMINDER_STAGES.map((stage) => [`reminder, ${stage}`, reminderSample(size, stage)] as const),
  ]
}
