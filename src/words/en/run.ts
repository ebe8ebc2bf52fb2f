import type { Catalogue } from '../sentence.ts'

/** Steps, halts and what the audit keeps. */
export const runEn = {
  NONE: ['No reason was given.'],
  APPROVAL_ASKED: ['Approval of {phase} was asked for.'],
  APPROVED: ['{phase} was approved: {have} of {need}.'],
  HALTED: ['{phase} halted. {because}'],
  RETURNED: ['Everything was undone; the upgrade is over.'],
  RETURNING: ['New pods get the old version again; the new control plane stays for pods that still use it.'],
  CANCELLED: [
    '{command} was cancelled because somebody asked to go back, or this worker no longer leads.',
    'Watch the progress message.',
  ],
  APPROVAL_EXPIRED: ['The approval of {phase} expired.'],
  STEP_DONE: ['Step {step} is done.'],
  STEP_FAILED: ['Step {step} failed. {because}', 'See the progress message for what comes next.'],
  STEP_UNDONE: ['Step {step} was undone.'],
  STEP_OUTDATED: ['A report came from an attempt of a step that is over; it was dropped.'],
  UNDO_FAILED: [
    'Undoing {step} failed. {because} Nothing more is tried by itself.',
    'Use the undo commands from the plan or the ConfigMap “undo” in the cluster, then resume.',
  ],
  PHASE_DONE: ['{phase}: done and proven.'],
  PHASE_UNDONE: ['{phase}: undone and proven.'],
  PHASE_UNPROVEN: [
    '{phase} is done, but it could not be proven. It halts here.',
    'See what could not be proven, mend it, then resume, or roll back.',
  ],
  TAKEN_OVER: ['Another worker took over step {step}; its first holder is gone.'],
  STOPPED_BY_HAND: [
    '{name} stopped the upgrade from a terminal, past this channel: “{reason}”.',
    'See what happened, then resume, or roll back.',
  ],
  ROLLBACK_BY_HAND: [
    '{name} sent the upgrade back from a terminal, past this channel: “{reason}”.',
    'Watch the progress message; ask them if you do not know why.',
  ],
  ALARM_OVER: ['The alarm is over. It was: {what}'],
} as const satisfies Partial<Catalogue>
